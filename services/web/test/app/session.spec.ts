import type { Me } from "@kontor/sdk";
import { expect, test } from "vitest";
import { demoAccounts } from "../../src/account/demo-accounts.ts";
import { companyFor } from "../../src/app/session.ts";

const me: Me = {
  userId: "u",
  credential: "session",
  installationAdmin: false,
  companies: ["a", "b"].map((companyId) => ({ companyId, name: companyId, roles: ["buyer"], participations: [] })),
  staffRoles: [],
};
const staff: Me = { ...me, companies: [], staffRoles: [{ marketplaceId: "m", role: "operator" }] };

test("one acts for the company one chose, while one may; staff act as staff", () => {
  expect(companyFor(me, "b")).toBe("b");
  expect(companyFor(me, "gone")).toBe("a");
  expect(companyFor(me, "none")).toBe("a");
  expect(companyFor(staff, null)).toBe("none");
  expect(companyFor({ ...me, staffRoles: staff.staffRoles }, "none")).toBe("none");
});

test("accounts of a demonstration are offered only where the page holds them, whole", () => {
  const pageWith = (content: string | null) => ({
    querySelector: () => (content === null ? null : ({ getAttribute: () => content } as unknown as Element)),
  });
  const account = { company: "Acme", name: "Anna", email: "a@acme.example", password: "p" };
  expect(demoAccounts(pageWith(JSON.stringify([account, { email: "only" }])))).toEqual([account]);
  for (const content of [null, "", "{{demo}}", "{}"]) expect(demoAccounts(pageWith(content))).toEqual([]);
});
