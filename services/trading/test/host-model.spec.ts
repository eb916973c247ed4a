import type { CommandAnswer } from "@kontor/bus";
import { canonicalJson, Fault } from "@kontor/kernel";
import fc from "fast-check";
import { expect, test } from "vitest";
import { loadShards } from "../src/load.ts";
import type { AppendFault } from "./faulty-journal.ts";
import { createManualTime } from "./manual-time.ts";
import { createMemoryJournal } from "./memory-journal.ts";
import { NaiveHost } from "./naive-host.ts";
import type { ToyCommand } from "./toy-engine.ts";
import { toyEngine, toyMechanisms } from "./toy-engine.ts";
import type { World } from "./world.ts";
import { createWorld, member, shardA } from "./world.ts";

/** What may go wrong at one point of a sequence, and the world goes on as if it had not. */
type Mishap = AppendFault | "recover" | "restart" | "step_back" | "none";
const mishaps: readonly Mishap[] = ["drop_reply", "lose", "refuse", "silent", "recover", "restart", "step_back"];

type Step = {
  readonly command: ToyCommand;
  readonly company: string;
  /** Sends the key of an earlier step again, with this step's command. */
  readonly again: number | null;
  readonly pauseMs: number;
};

const startMs = 5_000;
const command: fc.Arbitrary<ToyCommand> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.constant<ToyCommand>({ type: "open_sale", closesAt: 1_800_000_000_000_000 + 60_000_000 }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant("place_bid" as const), price: fc.integer({ min: 1, max: 30 }) }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("add_note" as const), text: fc.string({ maxLength: 5 }) }) },
);
const step: fc.Arbitrary<Step> = fc.record({
  command,
  company: fc.constantFrom("acme", "bolt", "cord"),
  again: fc.option(fc.nat(5), { freq: 5 }),
  pauseMs: fc.constantFrom(1, 1, 1, 2, 700, 20_000),
});
const open: Step = {
  command: { type: "open_sale", closesAt: 1_800_000_060_000_000 },
  company: "acme",
  again: null,
  pauseMs: 0,
};
const steps = fc
  .array(step, { minLength: 4, maxLength: 14 })
  .map((list) => list.map((one, index) => (index === 1 ? open : one)));

function brief(answer: CommandAnswer): string {
  const code = answer.ok ? "ok" : answer.problem.code;
  return answer.seq === undefined ? code : `${code} ${answer.seq}`;
}

type Run = { readonly world: World; readonly answers: string[]; readonly twin: NaiveHost };

/** Sends the steps one after the other, with the mishap at the given one; the twin gets them without. */
async function play(list: readonly Step[], point: number, mishap: Mishap): Promise<Run & { expected: string[] }> {
  const time = createManualTime();
  const journal = createMemoryJournal(time.now);
  // Where the clock has stepped back, a look into the outcome store would cost a microsecond that the twin does not know.
  const keyWindowMax = mishap === "step_back" ? 100 : 6;
  const options = {
    keyWindowMax,
    snapshotEveryCommands: 4,
    snapshotCharsPerCommand: 1_000_000,
    leaseRenewMs: 1_000_000,
    outageMinMs: 10_000_000,
  };
  let world = createWorld({ time, journal, options });
  await world.host.start();
  const twin = new NaiveHost();
  const answers: string[] = [];
  const expected: string[] = [];
  await time.advance(startMs);
  for (const [index, { command: sent, company, again, pauseMs }] of list.entries()) {
    await time.advance(pauseMs);
    const actor = member(company);
    const key = `key-no-${again !== null && again < index ? again : index}`;
    if (index === point) {
      if (mishap === "recover") await world.host.recover(shardA);
      else if (mishap === "restart") {
        world.journal.down = true; // As good as killed.
        world = createWorld({ time, journal, hostId: `host-${index}`, options });
        await world.host.start();
      } else if (mishap === "step_back") time.step(-100);
      else if (mishap !== "none") world.journal.plan.push(mishap);
    }
    const now = time.now();
    const answer = world.send(sent, { key, actor });
    await time.advance(0);
    if (index === point && mishap === "silent") await time.advance(6_000);
    answers.push(brief(await answer));
    world.journal.plan.length = 0; // A repeated command needs no commit.
    expected.push(twin.submit(sent, { actor, key, now }));
  }
  twin.passTo(time.now());
  return { world, answers, twin, expected };
}

async function agrees({ world, answers, twin, expected }: Awaited<ReturnType<typeof play>>): Promise<void> {
  expect(answers).toEqual(expected);
  const entries = await world.entries();
  const plain = entries.map(({ seq, at, key, command: decided, events, rejection }) => ({
    seq,
    at,
    key,
    command: decided,
    ...(events
      ? { events: events.map((event) => ({ ...event, ...("secret" in event ? { secret: "" } : {}) })) }
      : { rejection }),
  }));
  expect(plain).toEqual(twin.entries);
  if (entries.length === 0) return;
  const head = (await world.journal.heads([shardA])).get(shardA);
  if (!head) throw new Error("no head");
  const load = { journal: world.journal, mechanisms: toyMechanisms, keyWindowMax: 6 };
  const bad: string[] = [];
  const onBadSnapshot = (shard: string) => void bad.push(shard);
  const loaded = (await loadShards([{ shard: shardA, head }], { ...load, onBadSnapshot })).get(shardA);
  if (loaded === undefined || loaded instanceof Fault) throw new Error("not loaded", { cause: loaded });
  const state = toyEngine.encode(loaded.rebuilt.state as never);
  expect(canonicalJson({ ...state, secret: "" })).toBe(canonicalJson(toyEngine.encode(twin.state)));
  expect([bad, world.host.stats().alerts]).toEqual([[], 0]);
}

test("with a mishap at every point of any sequence, answers and journal are the twin's", async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(mishaps.length - 1), async (list, first) => {
      for (let point = 0; point < list.length; point++) {
        await agrees(await play(list, point, mishaps[(first + point) % mishaps.length] ?? "none"));
      }
    }),
    { seed: 20_261_121, numRuns: 50, endOnFailure: true },
  );
}, 60_000);

test("sent all at once, with a mishap to the first commit, they are decided in the order sent", async () => {
  await fc.assert(
    fc.asyncProperty(
      steps,
      fc.constantFrom<AppendFault>("drop_reply", "lose", "refuse", "silent"),
      async (list, fault) => {
        const time = createManualTime();
        const world = createWorld({ time });
        await world.host.start();
        const twin = new NaiveHost();
        world.journal.plan.push(fault, undefined, fault);
        const now = time.now();
        const opened: readonly Step[] = [{ ...open, again: null }, ...list];
        const sent = opened.map(({ company, again }, index) => {
          const place = again !== null && again < index ? again : index;
          const one = opened[place]?.command ?? open.command;
          const actor = member(opened[place]?.company ?? company);
          const key = `key-no-${place}`;
          return { answer: world.send(one, { key, actor }), expected: twin.submit(one, { actor, key, now }) };
        });
        await time.advance(15_000);
        const answers = await Promise.all(sent.map(({ answer }) => answer));
        const ids = (await world.entries()).map(({ key, actor }) => `${actor.companyId} ${key}`);
        expect(new Set(ids).size).toBe(ids.length);
        expect(answers.map(brief)).toEqual(sent.map(({ expected }) => expected));
      },
    ),
    { seed: 4, numRuns: 60, endOnFailure: true },
  );
}, 60_000);
