import { randomUUID } from "node:crypto";
import type { Bus, CommandAnswer } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import type { Actor } from "@kontor/kernel";
import { systemActor } from "@kontor/kernel";
import type { ExchangeCommand, InstrumentTermsInput } from "@kontor/protocol";
import { InstrumentTerms } from "@kontor/protocol";
import { createRandom, marketplace, memberOf, operatorOf } from "@kontor/testkit";
import { copperTerms } from "../chaos/instruments.ts";
import type { OrderResult } from "./order-mix.ts";
import { OrderMix } from "./order-mix.ts";

type Send = (command: ExchangeCommand, actor: Actor) => Promise<CommandAnswer>;

/** One instrument of a host without gateway, and the companies that trade it. */
export type HostExchange = {
  readonly instrumentId: string;
  readonly send: Send;
  readonly traders: readonly HostTrader[];
};

export type HostTrader = { readonly actor: Actor; readonly mix: OrderMix };

export type HostExchangeOptions = {
  readonly traders: number;
  /** Orders that each has in the book. */
  readonly depth: number;
  readonly terms?: Partial<InstrumentTermsInput>;
};

/** Drafts, lists and opens; everybody has more money and goods in it than he can need. */
export async function openHostExchange(bus: Bus, options: HostExchangeOptions): Promise<HostExchange> {
  const instrumentId = randomUUID();
  const send = senderTo(bus, instrumentId);
  const operator = operatorOf();
  const terms = InstrumentTerms.parse({ ...copperTerms, holds: "allocated", ...options.terms });
  await expectOk(send({ type: "draft_instrument", marketplaceId: marketplace, instrumentId, terms }, operator));
  await expectOk(send({ type: "list_instrument", instrumentId, expectedVersion: 1 }, operator));
  await expectOk(send({ type: "set_phase", instrumentId, phase: "continuous", reason: "As planned." }, operator));
  const traders = tradersOf(instrumentId, options);
  const host = { ...systemActor, marketplaceId: marketplace };
  for (const { actor } of traders) {
    const companyId = actor.companyId ?? "";
    const amounts = { money: "1000000000.00", goods: "10000000" };
    await expectOk(send({ type: "allocate_assets", instrumentId, companyId, ...amounts }, host));
  }
  return { instrumentId, send, traders };
}

function tradersOf(instrumentId: string, { traders, depth }: HostExchangeOptions): readonly HostTrader[] {
  return Array.from({ length: traders }, (_, index) => {
    const random = createRandom(index + 1);
    return { actor: memberOf(`trader-${index + 1}`), mix: new OrderMix({ instrumentId, random, depth }) };
  });
}

function senderTo(bus: Bus, shard: string): Send {
  let count = 0;
  return (command, actor) => {
    const key = `bench-${shard.slice(0, 8)}-${(count++).toString(36).padStart(8, "0")}`;
    return bus.request(subjects.command, { shard, mechanism: "exchange", key, command, actor }, { timeoutMs: 60_000 });
  };
}

async function expectOk(answer: Promise<CommandAnswer>): Promise<void> {
  const outcome = await answer;
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.problem)}`);
}

/** Refusals that a trader meets all the time: his order has traded in the meantime. */
const usual: ReadonlySet<string> = new Set(["unknown_order"]);

/** Keeps so many commands in flight as long as `goesOn` says; how many were answered. */
export async function keepTrading(
  { send, traders }: HostExchange,
  inFlight: number,
  goesOn: (answered: number) => boolean,
): Promise<number> {
  let answered = 0;
  async function lane({ actor, mix }: HostTrader): Promise<void> {
    while (goesOn(answered)) {
      const command = mix.next();
      const answer = await send(command, actor);
      answered += 1;
      if (answer.ok) mix.heard(command, answer.result as OrderResult);
      else if (!usual.has(answer.problem.code)) throw new Error(`refused: ${JSON.stringify(answer.problem)}`);
    }
  }
  const lanes = Array.from({ length: inFlight }, (_, index) => traders[index % traders.length]);
  await Promise.all(lanes.map((trader) => trader && lane(trader)));
  return answered;
}
