import type { Kontor } from "@kontor/sdk";
import { ProblemError, requireValue } from "@kontor/sdk";
import type { StallOptions } from "../../enrol.ts";
import { enrol, enter, openStall } from "../../enrol.ts";
import { demoOperator, demoPassword } from "../companies.ts";
import type { OfficePerson } from "./office-companies.ts";
import { officeClerk, officeCompanies, officeMarketplace } from "./office-companies.ts";
import { repeatableClient } from "./repeatable-client.ts";

/** Everybody in the office and workshop marketplace. */
export type OfficeCast = {
  readonly marketplaceId: string;
  readonly operator: Kontor;
  /** Writes into the catalogue too, so that neither of the two does more than one person may in a minute. */
  readonly clerk: Kontor;
  readonly companyId: (key: string) => string;
  readonly person: (email: string) => Kontor;
};

export type OfficeOptions = Pick<StallOptions, "url" | "accounts"> & { readonly signal: AbortSignal };

/** Makes the accounts, companies and their people; what is there stays. @throws ProblemError */
export async function assembleOffice({ url, accounts, signal }: OfficeOptions): Promise<OfficeCast> {
  const operator = { ...demoOperator, password: demoPassword };
  const stall = await openStall({ url, accounts, operator, marketplace: officeMarketplace });
  const { marketplaceId } = stall;
  const clients = new Map<string, Kontor>();
  // Whoever signed up or in keeps the session: one more sign-in each would soon be too many for one minute.
  const comes = async ({ email, name }: Pick<OfficePerson, "email" | "name">): Promise<[Kontor, string]> => {
    signal.throwIfAborted();
    const client = repeatableClient({ url, signal });
    clients.set(email, client);
    return [client, await enter(client, { email, name, password: demoPassword })];
  };
  await comes(demoOperator);
  const [, userId] = await comes(officeClerk);
  const appointed = await stall.operator.marketplaces.appoint({ marketplaceId, userId }, "operator");
  if (!appointed.ok && appointed.problem.code !== "precondition_failed") throw new ProblemError(appointed.problem);
  const companyIds = new Map<string, string>();
  for (const { key, side, profile, people } of officeCompanies) {
    const [{ name, email }, ...others] = people;
    const boss = repeatableClient({ url, signal });
    clients.set(email, boss);
    const person = { name, email, password: demoPassword };
    const { companyId } = await enrol(stall, { url, person, side, profile, client: boss });
    companyIds.set(key, companyId);
    for (const other of others) {
      const [client] = await comes(other);
      await join(client, { boss, companyId, person: other });
    }
  }
  const clientOf = (email: string): Kontor => {
    const client = clients.get(email);
    if (client === undefined) throw new Error(`${email} is nobody of the office marketplace`);
    return client;
  };
  return {
    marketplaceId,
    operator: clientOf(demoOperator.email),
    clerk: clientOf(officeClerk.email),
    person: clientOf,
    companyId: (key) => companyIds.get(key) ?? "",
  };
}

type Joining = { readonly boss: Kontor; readonly companyId: string; readonly person: OfficePerson };

/** Brings somebody into the company who is in none yet. */
async function join(client: Kontor, { boss, companyId, person }: Joining): Promise<void> {
  if (requireValue(await client.companies.list()).length > 0) return;
  const { email, roles } = person;
  const sent = requireValue(await boss.companies.sentInvitations(companyId));
  const waiting = sent.find((invitation) => invitation.email === email && invitation.status === "pending");
  const { id } = waiting ?? requireValue(await boss.companies.invite({ companyId, email, roles }));
  requireValue(await client.companies.acceptInvitation(id));
  requireValue(await client.companies.setActive(companyId));
}
