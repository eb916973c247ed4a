import type { BookStream, LiveClient, LocalBook } from "@kontor/sdk";
import type { Random } from "@kontor/testkit";
import { createRandom } from "@kontor/testkit";
import { expect, test } from "vitest";
import { openMarket } from "../world/instruments.ts";
import type { Company, Person } from "../world/people.ts";
import type { Fate } from "../world/recorded-socket.ts";
import { until } from "../world/until.ts";
import { createWorld } from "../world/world.ts";

/** A client's book behind a line that loses, doubles, delays and breaks, while the market goes on. */

const seed = 20_261_122;
const rounds = 40;
/** However slow the machine: conflated frames come by the clock, so that fewer come in as many rounds. */
const disturbedAtLeast = 60;
const doubtsAtLeast = 6;
const roundsMax = 400;
const ordersPerRound = 12;
const patience = { timeoutMs: 30_000 };

type Trading = { readonly companies: readonly Company[]; readonly instrumentId: string; readonly random: Random };

/** Orders around one price, some of which trade, and now and then everything of a company is taken back. */
async function trade({ companies, instrumentId, random }: Trading): Promise<void> {
  const { boss } = random.pick(companies);
  if (random.below(15) === 0) {
    await boss.live().commands.cancelOrders({ instrumentId });
    return;
  }
  const side = random.pick(["buy", "sell"] as const);
  const away = random.below(16) - 4;
  const price = (212.5 + (side === "buy" ? -away : away) * 0.25).toFixed(2);
  const quantity = String(50 * (1 + random.below(8)));
  await boss.live().commands.submitOrder({ instrumentId, side, price, quantity });
}

const fates: readonly Fate[] = ["lost", "twice", "late"];

function disturb({ wire }: Person, random: Random): { readonly counts: Record<Fate, number> } {
  const counts = { passes: 0, lost: 0, twice: 0, late: 0 };
  wire.disturb(() => {
    const fate = fates[random.below(fates.length * 3)] ?? "passes";
    counts[fate] += 1;
    return fate;
  });
  return { counts };
}

/** The server's book as an undisturbed client that comes now is told it. */
async function bookOfServer(live: LiveClient, stream: BookStream): Promise<object> {
  const { view } = await live.until(stream, () => true, patience);
  return { bids: view.bids ?? {}, asks: view.asks ?? {} };
}

function bookOf({ bids, asks }: LocalBook): object {
  const side = (levels: LocalBook["bids"]) =>
    Object.fromEntries(levels.map(({ price, quantity, orders }) => [price, { quantity, orders }]));
  return { bids: side(bids), asks: side(asks) };
}

test("the books of a client on a bad line end equal to the server's, having been doubted on the way", {
  timeout: 120_000,
}, async () => {
  await using world = await createWorld();
  const { anna, bert, buyer, observer, marketplaceId, operator } = world;
  const { instrumentId } = await openMarket({ marketplaceId, operator });
  const random = createRandom(seed);
  const { counts } = disturb(observer.boss, random.fork());
  const live = observer.boss.live();
  const streams = [`book-raw:${instrumentId}`, `book:${instrumentId}`] as const;
  let doubts = 0;
  const onInvalid = (): void => {
    doubts += 1;
  };
  const books = streams.map((stream) => live.followBook(stream, { onInvalid }));
  const trading = { companies: [anna, bert, buyer], instrumentId, random };
  const disturbed = (): number => counts.lost + counts.twice + counts.late;
  const goesOn = (round: number): boolean =>
    round < rounds || (round < roundsMax && (disturbed() < disturbedAtLeast || doubts < doubtsAtLeast));
  for (let round = 0; goesOn(round); round += 1) {
    await Promise.all(Array.from({ length: ordersPerRound }, () => trade(trading)));
    if (round % 8 === 7) observer.boss.wire.cut();
  }
  observer.boss.wire.disturb(null);
  // What was lost last shows itself with the next heartbeat.
  for (const [index, stream] of streams.entries()) {
    const book = books[index];
    if (book === undefined) throw new Error("there is a book of each stream");
    const wanted = await bookOfServer(bert.boss.live(), stream);
    const text = JSON.stringify(sortedBook(wanted));
    await until(`${stream} is the server's`, () => book.isValid && JSON.stringify(sortedBook(bookOf(book))) === text);
  }
  expect(disturbed()).toBeGreaterThanOrEqual(disturbedAtLeast);
  expect(observer.boss.wire.links()).toBeGreaterThan(4);
  expect(doubts).toBeGreaterThanOrEqual(doubtsAtLeast);
  for (const book of books) book.close();
});

/** Levels in one order, whoever told them. */
function sortedBook(book: object): object {
  const bySide = Object.entries(book as Record<string, Record<string, object>>);
  return Object.fromEntries(
    bySide.map(([side, levels]) => [side, Object.entries(levels).sort(([a], [b]) => Number(a) - Number(b))]),
  );
}
