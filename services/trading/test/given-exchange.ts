import type { CommandAnswer } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import type { Actor } from "@kontor/kernel";
import type { ExchangeCommand, InstrumentTermsInput } from "@kontor/protocol";
import { exchangeCommands, InstrumentTerms } from "@kontor/protocol";
import { wheatTerms } from "@kontor/testkit";
import { mechanisms } from "../src/index.ts";
import { toyMarket } from "./toy-engine.ts";
import type { WorldOptions } from "./world.ts";
import { createWorld, member, shardA } from "./world.ts";

/* The host with the exchange's engine. Shard A is an instrument. */

export const instrumentId = shardA;
export type Sender = { readonly actor: Actor; readonly key?: string };

export const operator: Sender = {
  actor: { kind: "operator", userId: "op", companyId: null, marketplaceId: toyMarket },
};
export const ada: Sender = { actor: member("ada") };
export const bob: Sender = { actor: member("bob") };
export const reason = "As planned.";

let keys = 0;

export async function startExchange(options: WorldOptions = {}) {
  const world = createWorld({ ...options, mechanisms });
  await world.host.start();
  const ask = (type: keyof typeof exchangeCommands, members: object, sender: Sender) => {
    const { actor, key = `key-${++keys}-of-test` } = sender;
    const command: ExchangeCommand = exchangeCommands[type].parse({ type, instrumentId, ...members });
    const request = { shard: instrumentId, mechanism: "exchange", key, actor, command };
    return world.bus.request<CommandAnswer>(subjects.command, request, { timeoutMs: 60_000 });
  };
  return { ...world, ask };
}

export type MarketOptions = WorldOptions & { readonly terms?: Partial<InstrumentTermsInput> };

/** One that is listed and trades. */
export async function trading({ terms = {}, ...options }: MarketOptions = {}) {
  const world = await startExchange(options);
  const draft = { marketplaceId: toyMarket, terms: InstrumentTerms.parse(wheatTerms(terms)) };
  await world.ask("draft_instrument", draft, operator);
  await world.ask("list_instrument", { expectedVersion: 1 }, operator);
  await world.ask("set_phase", { phase: "continuous", reason }, operator);
  return world;
}

export const sell = { side: "sell", price: "212.50", quantity: "100" };
export const buy = { side: "buy", price: "212.50", quantity: "150" };
