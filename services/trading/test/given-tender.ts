import type { CommandAnswer, CommandRequest } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import type { Actor } from "@kontor/kernel";
import { instantOfMicros, microsOfMs } from "@kontor/kernel";
import type { TenderCommand, TenderTermsInput } from "@kontor/protocol";
import { LotRules, TenderTerms } from "@kontor/protocol";
import { mechanisms } from "../src/index.ts";
import { toyMarket } from "./toy-engine.ts";
import type { World, WorldOptions } from "./world.ts";
import { createWorld, member, shardA } from "./world.ts";

/* The host with the tender engine that an installation has. Shard A is the tender, which runs an hour and a half. */

export const tenderId = shardA;
export const lotId = `${tenderId}-1`;
export const marketplaceId = toyMarket;
export const owner = member("wire-works");
const minuteMs = 60_000;
/** From the notice on. */
export const deadlineMs = 30 * minuteMs;
export const openingMs = 40 * minuteMs;
export const durationMs = 20 * minuteMs;
export const outageRule = { thresholdMs: 10_000, windowMs: 10 * minuteMs, graceMs: 5 * minuteMs };

/** A world that starts anew on the same journal may not use a key twice. */
let keys = 0;

export type TenderWorld = World & {
  readonly command: (command: TenderCommand, actor: Actor, request?: Partial<CommandRequest>) => Promise<CommandAnswer>;
};

export async function startTenderWorld(options: WorldOptions = {}): Promise<TenderWorld> {
  const world = createWorld({ ...options, mechanisms });
  await world.host.start();
  return {
    ...world,
    command(command, actor, request = {}) {
      const key = `command-${++keys}`;
      const whole = { shard: tenderId, mechanism: "tender", key, actor, command, ...request };
      return world.bus.request(subjects.command, whole, { timeoutMs: 60_000 });
    },
  };
}

/** One lot of copper, prices handed in until the deadline, then a live auction. */
export function termsAt(now: number): TenderTerms {
  const after = (ms: number) => instantOfMicros(now + microsOfMs(ms));
  const rules = LotRules.parse({
    format: "english_reverse",
    currency: "EUR",
    priceScale: 2,
    startPrice: "10000.00",
    stepMin: { kind: "absolute", amount: "50.00" },
    visibility: "full",
    durationMs,
    softClose: { variant: "none" },
    outage: outageRule,
  });
  return TenderTerms.parse({
    title: "Copper cathodes",
    direction: "buy",
    currency: "EUR",
    procedure: {
      admission: { mode: "open", approval: "automatic" },
      initialPrices: "optional",
      liveAuction: true,
      schedule: { mode: "parallel", gapMs: 0 },
    },
    calendar: { questionsUntil: null, submissionsUntil: after(deadlineMs), auctionOpensAt: after(openingMs) },
    lots: [{ title: "Cathode", grade: "Grade A", quantity: { value: "25", unit: "TNE" }, delivery: "DAP", rules }],
  } satisfies TenderTermsInput);
}

export const creation = (terms: TenderTerms, changes: { readonly marketplaceId?: string } = {}) =>
  ({ type: "create_tender", marketplaceId, tenderId, terms, ...changes }) as const;

/** Publishes the tender and admits companies. */
export async function publish({ command, time }: TenderWorld, companies: readonly string[]): Promise<void> {
  await required(command(creation(termsAt(time.now())), owner));
  await required(command({ type: "publish_tender", tenderId, expectedVersion: 1 }, owner));
  for (const company of companies) await required(command({ type: "request_admission", tenderId }, member(company)));
}

export async function required(answer: Promise<CommandAnswer>): Promise<CommandAnswer> {
  const given = await answer;
  if (!given.ok) throw new Error(`refused: ${JSON.stringify(given.problem)}`);
  return given;
}
