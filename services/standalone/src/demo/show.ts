import { setTimeout as wait } from "node:timers/promises";
import { partIdOf } from "@kontor/kernel";
import type { LotView, OwnLotView } from "@kontor/protocol";
import type { Kontor, LiveClient } from "@kontor/sdk";
import { newId, requireReceipt } from "@kontor/sdk";
import { eventLine, grouped, timeOfDay } from "../lot/lines.ts";
import { lotNews } from "../lot/lot-news.ts";
import { demoCompany } from "./companies.ts";
import { runRobot } from "./robot.ts";
import { newsLine } from "./show-lines.ts";
import { showCeiling, showLeadMs, showStep, showTerms } from "./show-lot.ts";

export type ShowOptions = {
  readonly marketplaceId: string;
  /** Clients that sign in by themselves, by company key. */
  readonly client: (company: string) => Kontor;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  readonly random: () => number;
};

export const showOwner = "nordwerk";
const showRobots: readonly string[] = ["cordillera", "silesia", "savonlinna"];
/** Admitted like the robots, but bids only when a person does. */
const showPerson = "meridian";

/** From one opening to the next. */
export const showEveryMs = 600_000;
const bidPauseMs = { min: 1_500, max: 7_000 };
const roundMaxMs = 300_000;
type Lot = `lot:${string}`;
type Player = { readonly company: string; readonly live: LiveClient };

/** A live reverse auction, again and again until the signal. @throws AbortError, ProblemError, WaitTimeout */
export async function runShow(options: ShowOptions): Promise<void> {
  for (let round = 1; ; round++) {
    const startedAt = performance.now();
    await playRound(options, round);
    const pauseMs = Math.max(0, showEveryMs - (performance.now() - startedAt));
    const opensAt = timeOfDay(Date.now() + pauseMs + showLeadMs);
    options.say(eventLine(timeOfDay(Date.now()), "next", [`a live auction opens at ${opensAt}`, 0]));
    await wait(pauseMs, undefined, { signal: options.signal });
  }
}

async function playRound(options: ShowOptions, round: number): Promise<void> {
  const { client, signal, say } = options;
  const tenderId = newId();
  const lotId = partIdOf(tenderId, 1);
  const stream: Lot = `lot:${lotId}`;
  await publish(options, tenderId, round);
  const owner = client(showOwner).live();
  const robots = showRobots.map((company): Player => ({ company, live: client(company).live() }));
  const person: Player = { company: showPerson, live: client(showPerson).live() };
  const closeAll = (): void => {
    for (const { live } of [{ live: owner }, person, ...robots]) live.close();
  };
  signal.addEventListener("abort", closeAll, { once: true });
  try {
    const faces = new Faces();
    tell(owner, stream, { say, nameOf: faces.nameOf });
    for (const player of [person, ...robots]) {
      player.live.subscribe(stream, { onChange: (_, own) => faces.learn(own, player) });
    }
    const playing = robots.map(async (robot) => {
      const floor = floorOf(options.random);
      await runRobot({
        live: robot.live,
        lotId,
        floor,
        step: showStep,
        pauseMs: bidPauseMs,
        random: options.random,
        signal,
      });
    });
    // Together, so that none of them is left to fail alone when the signal ends all.
    await Promise.all([finish(owner, stream, { say, faces }), ...playing]);
  } finally {
    signal.removeEventListener("abort", closeAll);
    closeAll();
  }
}

async function publish({ marketplaceId, client }: ShowOptions, tenderId: string, round: number): Promise<void> {
  const { commands } = client(showOwner);
  requireReceipt(await commands.createTender({ marketplaceId, tenderId, terms: showTerms(Date.now(), round) }));
  requireReceipt(await commands.publishTender({ tenderId, expectedVersion: 1 }));
  const bidders = [...showRobots, showPerson];
  await Promise.all(
    bidders.map(async (company) => requireReceipt(await client(company).commands.requestAdmission({ tenderId }))),
  );
}

/** Prints what the owner sees of the lot, as it happens. */
function tell(
  owner: LiveClient,
  stream: Lot,
  { say, nameOf }: { readonly say: ShowOptions["say"]; readonly nameOf: Faces["nameOf"] },
): void {
  let known: LotView | null = null;
  owner.subscribe(stream, {
    onChange: (view) => {
      const nowMs = owner.serverNow();
      if (known === null) say(plannedLine(view, nowMs));
      for (const news of lotNews(known, view)) say(newsLine(news, { view, nameOf, nowMs }));
      known = view;
    },
  });
}

function plannedLine({ title, opensAt = "", startPrice = "", currency }: LotView, nowMs: number): string {
  const opening = `opens at ${timeOfDay(Date.parse(opensAt))}, ceiling ${grouped(startPrice)} ${currency}`;
  return eventLine(timeOfDay(nowMs), "auction", [`${title}, ${opening}`, 0]);
}

/** The owner awards; once the standstill is over both sides sign, unless a person won: he signs himself. */
async function finish(
  owner: LiveClient,
  stream: Lot,
  { say, faces }: { readonly say: ShowOptions["say"]; readonly faces: Faces },
): Promise<void> {
  const lotId = stream.slice("lot:".length);
  const timeoutMs = roundMaxMs;
  const decided = await owner.until(stream, ended, { timeoutMs });
  const [awardId] = Object.keys(decided.view.awards ?? {});
  if (awardId === undefined) return;
  requireReceipt(await owner.commands.acceptAward({ lotId, awardId }));
  const { view } = await owner.until(stream, ({ contract }) => contract !== undefined, { timeoutMs });
  const { contractId = "", companyId = "" } = view.contract ?? {};
  const winner = faces.robotOf(companyId);
  requireReceipt(await owner.commands.signContract({ lotId, contractId }));
  if (winner !== undefined) requireReceipt(await winner.live.commands.signContract({ lotId, contractId }));
  const state =
    winner === undefined ? "drawn up; it waits for the supplier's signature" : "drawn up and signed by both";
  say(eventLine(timeOfDay(owner.serverNow()), "contract", [state, 0]));
}

function ended(view: LotView): boolean {
  return view.awards !== undefined || view.phase === "unsuccessful" || view.phase === "cancelled";
}

/** Who is behind the aliases of a lot, as the bidders know it of themselves. */
class Faces {
  readonly #names = new Map<string, string>();
  readonly #robots = new Map<string, Player>();

  readonly nameOf = (alias: string): string => this.#names.get(alias) ?? alias;

  learn(own: OwnLotView | undefined, player: Player): void {
    if (own?.alias === undefined) return;
    this.#names.set(own.alias, demoCompany(player.company).name);
    if (player.company !== showPerson) this.#robots.set(own.companyId, player);
  }

  robotOf(companyId: string): Player | undefined {
    return this.#robots.get(companyId);
  }
}

/** Between 1 and 5 per cent under the ceiling, on the step. */
function floorOf(random: () => number): string {
  const steps = Math.round((Number(showCeiling) * (0.01 + 0.04 * random())) / Number(showStep));
  return (Number(showCeiling) - steps * Number(showStep)).toFixed(2);
}
