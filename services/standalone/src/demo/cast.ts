import type { Kontor } from "@kontor/sdk";
import { createKontor } from "@kontor/sdk";
import type { StallOptions } from "../enrol.ts";
import { enrol, openStall } from "../enrol.ts";
import type { DemoCompany } from "./companies.ts";
import { demoCompanies, demoMarketplace, demoOperator, demoPassword } from "./companies.ts";

/** One company on stage: its client and its id. */
export type Player = { readonly client: Kontor; readonly companyId: string };

/** Everybody in the demonstration, by the company's key. */
export type Cast = {
  readonly marketplaceId: string;
  readonly player: (key: string) => Player;
};

export type CastOptions = Pick<StallOptions, "url" | "accounts"> & { readonly signal: AbortSignal };

/**
 * Makes the accounts, the marketplace and the companies with their approved participations. Whatever is there already
 * stays, so that a start that was cut off is simply done again.
 *
 * @throws ProblemError when the installation refuses something; AbortError when the signal comes
 */
export async function assembleCast({ url, accounts, signal }: CastOptions): Promise<Cast> {
  const operator = { ...demoOperator, password: demoPassword };
  const stall = await openStall({ url, accounts, operator, marketplace: demoMarketplace });
  const players = await Promise.all(
    demoCompanies.map(async ({ key, person: name, email, side, profile }): Promise<readonly [string, Player]> => {
      signal.throwIfAborted();
      const person = { name, email, password: demoPassword };
      return [key, await enrol(stall, { url, person, side, profile })];
    }),
  );
  return { marketplaceId: stall.marketplaceId, player: playerIn(new Map(players)) };
}

/** The operator's client, which signs in by itself. */
export function operatorClient(url: string): Kontor {
  return createKontor({ baseUrl: url, credentials: { email: demoOperator.email, password: demoPassword } });
}

/** The client of one company that signs in by itself, also when its session has ended. */
export function clientOf(url: string, company: DemoCompany): Kontor {
  return createKontor({ baseUrl: url, credentials: { email: company.email, password: demoPassword } });
}

function playerIn(players: ReadonlyMap<string, Player>): Cast["player"] {
  return (key) => {
    const player = players.get(key);
    if (player === undefined) throw new Error(`the demonstration has no company "${key}"`);
    return player;
  };
}
