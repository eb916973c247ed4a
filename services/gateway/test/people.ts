import { expect } from "vitest";
import type { GatewayWorld } from "./gateway-world.ts";
import { Caller, newKey } from "./gateway-world.ts";

export const password = "correct horse battery";

/** Somebody signed in, with a company of his own when it is named. */
export async function person(world: GatewayWorld, name: string, company?: string): Promise<Caller> {
  const caller = new Caller(world.app);
  const email = `${name.toLowerCase()}@example.test`;
  const signedUp = await caller.post("/v1/auth/sign-up/email", { name, email, password });
  expect(signedUp.status, JSON.stringify(signedUp.body)).toBe(200);
  caller.userId = (signedUp.body["user"] as { id: string }).id;
  if (company !== undefined) caller.companyId = await foundCompany(caller, company);
  return caller;
}

async function foundCompany(caller: Caller, name: string): Promise<string> {
  const slug = name.toLowerCase().replaceAll(" ", "-");
  const made = await caller.post("/v1/auth/organization/create", { name, slug }, newKey());
  expect(made.status, JSON.stringify(made.body)).toBe(200);
  const companyId = String(made.body["id"]);
  const active = await caller.post("/v1/auth/organization/set-active", { organizationId: companyId });
  expect(active.status).toBe(200);
  return companyId;
}

/** A second member of a company, by invitation. */
export async function colleague(
  world: GatewayWorld,
  boss: Caller,
  hire: { name: string; role: string },
): Promise<Caller> {
  const joined = await person(world, hire.name);
  const email = `${hire.name.toLowerCase()}@example.test`;
  const invitation = { email, role: hire.role, organizationId: boss.companyId };
  const invited = await boss.post("/v1/auth/organization/invite-member", invitation, newKey());
  expect(invited.status, JSON.stringify(invited.body)).toBe(200);
  const answer = { invitationId: invited.body["id"] };
  const accepted = await joined.post("/v1/auth/organization/accept-invitation", answer, newKey());
  expect(accepted.status, JSON.stringify(accepted.body)).toBe(200);
  await joined.post("/v1/auth/organization/set-active", { organizationId: boss.companyId });
  joined.companyId = boss.companyId;
  return joined;
}

export type Market = { readonly marketplaceId: string; readonly operator: Caller };

/** A marketplace with its operator. */
export async function market(world: GatewayWorld, slug = "metals"): Promise<Market> {
  const admin = await person(world, `Admin-${slug}`);
  await world.accounts.makeInstallationAdmin(admin.userId);
  const operator = await person(world, `Operator-${slug}`);
  const made = await admin.post(
    "/v1/marketplaces",
    { slug, name: `Market ${slug}`, currency: "EUR" },
    { "idempotency-key": `market-${slug}-1` },
  );
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const marketplaceId = String(made.body["marketplaceId"]);
  const staff = await admin.send("PUT", `/v1/marketplaces/${marketplaceId}/staff/${operator.userId}`, {
    body: { role: "operator" },
    headers: { ...newKey(), "if-none-match": "*" },
  });
  expect(staff.status, JSON.stringify(staff.body)).toBe(200);
  return { marketplaceId, operator };
}

/** Takes part, approved. */
export async function participate(
  { marketplaceId, operator }: Market,
  boss: Caller,
  side: "buyer" | "supplier" | "both" = "both",
): Promise<void> {
  const asked = await boss.post(`/v1/marketplaces/${marketplaceId}/participations`, { side }, newKey());
  expect(asked.status, JSON.stringify(asked.body)).toBe(201);
  const approval = `/v1/marketplaces/${marketplaceId}/participations/${boss.companyId}/approval`;
  const match = { "if-match": asked.headers.get("etag") ?? "" };
  const approved = await operator.post(approval, undefined, { ...newKey(), ...match });
  expect(approved.status, JSON.stringify(approved.body)).toBe(200);
}
