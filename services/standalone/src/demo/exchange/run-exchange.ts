import { setTimeout as wait } from "node:timers/promises";
import type { Kontor, LiveClient } from "@kontor/sdk";
import { requireReceipt } from "@kontor/sdk";
import { eventLine, grouped, timeOfDay } from "../../lot/lines.ts";
import type { DemoInstrument } from "./demo-instruments.ts";
import { demoInstruments } from "./demo-instruments.ts";
import { foundInstrument } from "./found-instruments.ts";
import { fund, registerAssets } from "./funding.ts";
import { runMarketMaker } from "./market-maker.ts";
import { Grid, Wandering } from "./quoting.ts";
import { joinOpening, runTaker } from "./taker.ts";

export type ExchangeOptions = {
  readonly marketplaceId: string;
  readonly operator: Kontor;
  /** Clients that sign in by themselves, by company key. */
  readonly client: (company: string) => Kontor;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  readonly random: () => number;
  /** The call in which orders gather before the market opens; left out: the usual one. */
  readonly openingCallMs?: number;
};

/** The company for which no robot trades. */
const person = "meridian";
const usualOpeningCallMs = 12_000;
const makerPauseMs = { min: 700, max: 1_600 };
const takerPauseMs = { min: 1_200, max: 4_500 };
/** How far the middle moves per step at most, in spreads. */
const strideInSpreads = 0.9;
const moveEveryMs = 1_000;

/**
 * Three instruments with an opening call at the start, makers and takers in each, until the signal.
 *
 * @throws AbortError, ProblemError
 */
export async function runExchange(options: ExchangeOptions): Promise<void> {
  const failure = new AbortController();
  const signal = AbortSignal.any([options.signal, failure.signal]);
  try {
    await Promise.all(demoInstruments.map((instrument) => trade({ ...options, signal }, instrument)));
  } finally {
    failure.abort(); // One that fails ends the others.
  }
}

async function trade(options: ExchangeOptions, instrument: DemoInstrument): Promise<void> {
  const { operator, marketplaceId, signal, random } = options;
  const instrumentId = await foundInstrument(operator, marketplaceId, instrument);
  const reason = "The demonstration opens the market.";
  requireReceipt(await operator.commands.setPhase({ instrumentId, phase: "auction", purpose: "opening", reason }));
  const { makers, takers, spreadTicks, stepsMax } = instrument;
  const funding = { marketplaceId, instrumentId, instrument, operator, client: options.client };
  await registerAssets(funding);
  await Promise.all([...makers, ...takers, person].map((company) => fund(funding, company)));
  const grid = new Grid(instrument);
  const stride = spreadTicks * strideInSpreads;
  const wandering = new Wandering({ fairTicks: grid.fairTicks, stride, random });
  const lives = new Map([...makers, ...takers].map((key) => [key, options.client(key).live()]));
  const of = (key: string): LiveClient => lives.get(key) ?? options.client(key).live();
  const closeAll = (): void => {
    for (const live of lives.values()) live.close();
  };
  signal.addEventListener("abort", closeAll, { once: true });
  const shared = { instrumentId, grid, stepsMax, random, signal };
  tellMinutes(options, of(makers[0] ?? ""), { instrumentId, name: instrument.name });
  const session = 1 + Math.floor(random() * 2_000_000_000);
  try {
    await Promise.all([
      open(options, instrumentId, instrument),
      wander(wandering, signal),
      ...makers.map((key, i) =>
        runMarketMaker({
          ...shared,
          live: of(key),
          session: session + i,
          wandering,
          spreadTicks,
          pauseMs: makerPauseMs,
        }),
      ),
      ...takers.map(async (key) => {
        await joinOpening({ ...shared, live: of(key), reachTicks: spreadTicks * 2 });
        await runTaker({ ...shared, live: of(key), stepsMax: Math.ceil(stepsMax / 2), pauseMs: takerPauseMs });
      }),
    ]);
  } finally {
    signal.removeEventListener("abort", closeAll);
    closeAll();
  }
}

/** Ends the call once orders have gathered. */
async function open(
  { operator, say, signal, openingCallMs = usualOpeningCallMs }: ExchangeOptions,
  instrumentId: string,
  { terms: { title } }: DemoInstrument,
): Promise<void> {
  await wait(openingCallMs, undefined, { signal });
  const { result } = requireReceipt(await operator.commands.uncrossAuction({ instrumentId, final: true }));
  const { price, quantity } = result as { price?: string; quantity?: string };
  const words =
    price === undefined ? "opens without a trade" : `opens at ${grouped(price)}, ${grouped(quantity ?? "")} traded`;
  say(eventLine(timeOfDay(Date.now()), "exchange", [`${title} ${words}`, 0]));
}

/** One line per minute in which there was a trade. */
function tellMinutes(
  { say }: ExchangeOptions,
  live: LiveClient,
  { instrumentId, name }: { readonly instrumentId: string; readonly name: string },
): void {
  let told = "";
  live.subscribe(`candles:${instrumentId}`, {
    onChange: ({ candles: { "1m": minutes } }) => {
      const [closed, current] = Object.entries(minutes).sort(([a], [b]) => (a < b ? -1 : 1));
      if (closed === undefined || current === undefined || closed[0] <= told) return;
      const [start, { low, high, close, volume, trades }] = closed;
      told = start;
      const range = `${grouped(low)} to ${grouped(high)}`;
      const columns = [
        [name, -7],
        [grouped(close), -10],
        [range, -22],
        [`${grouped(volume)} in ${trades}`, 0],
      ] as const;
      say(eventLine(timeOfDay(live.serverNow()), "minute", ...columns));
    },
  });
}

async function wander(wandering: Wandering, signal: AbortSignal): Promise<void> {
  for (;;) {
    await wait(moveEveryMs, undefined, { signal });
    wandering.move();
  }
}
