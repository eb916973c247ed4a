import type { CompanyProfileInput, MarketplaceInput, ParticipationSide } from "@kontor/protocol";
import type { Kontor } from "@kontor/sdk";
import { createKontor, ProblemError, requireValue } from "@kontor/sdk";
import type { Standalone } from "./create-standalone.ts";

/* Accounts, a marketplace and companies in it, for the demonstration and for replays. Whatever is there stays. */

export type Person = { readonly name: string; readonly email: string; readonly password: string };

/** A marketplace with the client of its operator. */
export type Stall = { readonly marketplaceId: string; readonly operator: Kontor };

export type Enrolled = { readonly client: Kontor; readonly companyId: string };

export type StallOptions = {
  readonly url: string;
  /** Makes the first administrator; everything else goes through the HTTP interface like anybody's. */
  readonly accounts: Pick<Standalone["accounts"], "makeInstallationAdmin">;
  readonly operator: Person;
  readonly marketplace: Omit<MarketplaceInput, "description"> & { readonly description?: string };
};

/** @throws ProblemError when the installation refuses something */
export async function openStall({ url, accounts, operator: person, marketplace }: StallOptions): Promise<Stall> {
  const operator = createKontor({ baseUrl: url });
  const userId = await enter(operator, person);
  await accounts.makeInstallationAdmin(userId);
  const key = `marketplace-${marketplace.slug}`;
  const { marketplaceId } = requireValue(await operator.marketplaces.create(marketplace, { key }));
  const appointed = await operator.marketplaces.appoint({ marketplaceId, userId }, "operator");
  if (!appointed.ok && appointed.problem.code !== "precondition_failed") throw new ProblemError(appointed.problem);
  return { marketplaceId, operator };
}

export type CompanyOrder = {
  readonly url: string;
  readonly person: Person;
  readonly side: ParticipationSide;
  readonly profile: CompanyProfileInput;
  /** Of nobody yet; left out: a new one. */
  readonly client?: Kontor;
};

/** A company with its first person, approved in the marketplace. @throws ProblemError */
export async function enrol({ marketplaceId, operator }: Stall, order: CompanyOrder): Promise<Enrolled> {
  const client = order.client ?? createKontor({ baseUrl: order.url });
  await enter(client, order.person);
  const companyId = await companyOf(client, order.profile);
  const { status, version } = requireValue(await client.participations.request(marketplaceId, order.side));
  if (status !== "approved") {
    requireValue(await operator.participations.approve({ marketplaceId, companyId, version }));
  }
  return { client, companyId };
}

/** Signs up, or in where the account is there; answers the user's id. */
export async function enter(client: Kontor, person: Person): Promise<string> {
  const made = await client.auth.signUp(person);
  if (made.ok) return made.value.id;
  if (made.problem.code !== "conflict") throw new ProblemError(made.problem);
  const { email, password } = person;
  const entered = requireValue(await client.auth.signIn({ email, password }));
  if (entered.state === "signed_in") return entered.user.id;
  throw new Error(`${email} wants a second factor`);
}

async function companyOf(client: Kontor, profile: CompanyProfileInput): Promise<string> {
  const [known] = requireValue(await client.companies.list());
  const { id } = known ?? requireValue(await client.companies.create(profile.legalName));
  requireValue(await client.companies.setActive(id));
  const saved = await client.companies.saveProfile(profile);
  if (!saved.ok && saved.problem.code !== "precondition_failed") throw new ProblemError(saved.problem);
  return id;
}
