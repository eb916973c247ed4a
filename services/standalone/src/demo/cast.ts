import type { AccountStore } from "@kontor/db/auth";
import type { Kontor } from "@kontor/sdk";
import { createKontor, ProblemError, requireValue } from "@kontor/sdk";
import type { DemoCompany } from "./companies.ts";
import { demoCompanies, demoMarketplace, demoOperator, demoPassword } from "./companies.ts";

/** One company on stage: its client and its id. */
export type Player = { readonly client: Kontor; readonly companyId: string; readonly company: DemoCompany };

/** Everybody in the demonstration, by the company's key. */
export type Cast = {
  readonly marketplaceId: string;
  readonly player: (key: string) => Player;
};

export type CastOptions = {
  readonly url: string;
  /** Makes the first administrator; everything else goes through the HTTP interface like anybody's. */
  readonly accounts: Pick<AccountStore, "makeInstallationAdmin">;
};

/**
 * Makes the accounts, the marketplace and the companies with their approved participations. Whatever is there already
 * stays, so that a start that was cut off is simply done again.
 *
 * @throws ProblemError when the installation refuses something
 */
export async function assembleCast({ url, accounts }: CastOptions): Promise<Cast> {
  const operator = createKontor({ baseUrl: url });
  const userId = await signedIn(operator, demoOperator);
  await accounts.makeInstallationAdmin(userId);
  const { marketplaceId } = requireValue(
    await operator.marketplaces.create(demoMarketplace, { key: "demo-marketplace" }),
  );
  requireValue(await operator.marketplaces.appoint(marketplaceId, userId, "operator"));
  const players = await Promise.all(
    demoCompanies.map(async (company): Promise<readonly [string, Player]> => {
      const client = createKontor({ baseUrl: url });
      await signedIn(client, { name: company.person, email: company.email });
      const companyId = await companyOf(client, company);
      requireValue(await client.participations.request(marketplaceId, company.side));
      requireValue(await operator.participations.approve({ marketplaceId, companyId }));
      return [company.key, { client, companyId, company }];
    }),
  );
  return { marketplaceId, player: playerIn(new Map(players)) };
}

/** The client of one company that signs in by itself, also when its session has ended. */
export function clientOf(url: string, company: DemoCompany): Kontor {
  return createKontor({ baseUrl: url, credentials: { email: company.email, password: demoPassword } });
}

async function signedIn(client: Kontor, person: { readonly name: string; readonly email: string }): Promise<string> {
  const made = await client.auth.signUp({ ...person, password: demoPassword });
  if (made.ok) return made.value.id;
  if (made.problem.code !== "conflict") throw new ProblemError(made.problem);
  const entered = requireValue(await client.auth.signIn({ email: person.email, password: demoPassword }));
  if (entered.state === "signed_in") return entered.user.id;
  throw new Error(`${person.email} wants a second factor`);
}

async function companyOf(client: Kontor, { name, profile }: DemoCompany): Promise<string> {
  const [known] = requireValue(await client.companies.list());
  const { id } = known ?? requireValue(await client.companies.create(name));
  requireValue(await client.companies.setActive(id));
  const saved = await client.companies.saveProfile(profile);
  if (!saved.ok && saved.problem.code !== "precondition_failed") throw new ProblemError(saved.problem);
  return id;
}

function playerIn(players: ReadonlyMap<string, Player>): Cast["player"] {
  return (key) => {
    const player = players.get(key);
    if (player === undefined) throw new Error(`the demonstration has no company "${key}"`);
    return player;
  };
}
