import type { AccountRecord, BookView, OwnAccountView } from "@kontor/protocol";
import { requireReceipt, WaitTimeout } from "@kontor/sdk";
import { until } from "../world/until.ts";
import type { FoldedOrder, InstrumentFold } from "./instrument-fold.ts";
import { moneyOf, quantityOf } from "./instrument-fold.ts";
import { accountsOf, deposited } from "./instruments.ts";
import type { JournalReading } from "./journal-reading.ts";
import type { Dealer, TradingFloor } from "./trading-floor.ts";

const patience = { timeoutMs: 60_000 };

/** What was traded on the floor while it was shaken. */
export type FloorFigures = {
  readonly orders: number;
  readonly trades: number;
  readonly outages: number;
  readonly movements: number;
};

/** Resolves when the market is back from its last outage: views tell the whole book then. */
export async function reopened({ dealers, held, onTrust }: TradingFloor): Promise<void> {
  const [first] = dealers;
  if (first === undefined) return;
  const isOpen = (instrumentId: string) =>
    first.desk.live.until(`status:${instrumentId}`, ({ phase }) => phase === "continuous", patience);
  await Promise.all([isOpen(held), isOpen(onTrust)]);
}

export function figuresOf({ movements }: TradingFloor, { instruments }: JournalReading): FloorFigures {
  const folds = [...instruments.values()];
  const sum = (value: (fold: InstrumentFold) => number): number => folds.reduce((all, fold) => all + value(fold), 0);
  return {
    orders: sum(({ orders }) => orders),
    trades: sum(({ trades }) => trades.size),
    outages: sum(({ outages }) => outages),
    movements: movements.length,
  };
}

/** Where journal, host, streams, read models and ledger do not agree about the instruments, or something is lost. */
export async function floorFaults(floor: TradingFloor, reading: JournalReading): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const instrumentId of [floor.held, floor.onTrust]) {
    const fold = reading.instruments.get(instrumentId);
    if (fold === undefined) {
      faults.push(`${instrumentId} has no journal`);
      continue;
    }
    faults.push(...fold.faults);
    const { money, goods } = fold.lost();
    if (money !== 0n || goods !== 0n) faults.push(`${instrumentId} has lost money of ${money}, goods of ${goods}`);
    faults.push(...(await marketFaults(floor, instrumentId, fold)));
  }
  faults.push(...movementFaults(floor, reading));
  faults.push(...(await ledgerFaults(floor, reading)));
  return [...faults, ...(await emptied(floor))];
}

async function marketFaults(
  { market, dealers }: TradingFloor,
  instrumentId: string,
  fold: InstrumentFold,
): Promise<readonly string[]> {
  const place = { instrumentId, marketplaceId: market.marketplaceId, fold };
  const found = await Promise.all([
    ...dealers.map((dealer) => accountFaults(dealer, place)),
    ...dealers.map((dealer) => recordFaults(dealer, place)),
    ...dealers.slice(0, 1).map((dealer) => bookFaults(dealer, place)),
  ]);
  return found.flat();
}

type Place = { readonly instrumentId: string; readonly marketplaceId: string; readonly fold: InstrumentFold };

/** The streams that a dealer has followed through everything must come to what the journal says. */
async function accountFaults({ trader: { companyId }, desk }: Dealer, { instrumentId, fold }: Place) {
  const stream = `account:${instrumentId}` as const;
  const faultsOf = (own: OwnAccountView | undefined) => ownFaults(own ?? nothing, { fold, companyId });
  try {
    await desk.live.until(stream, (_, own) => faultsOf(own).length === 0, patience);
    return [];
  } catch (error) {
    if (!(error instanceof WaitTimeout)) throw error;
    return faultsOf((error.last as { readonly own?: OwnAccountView } | undefined)?.own);
  }
}

const nothing: OwnAccountView = { orders: {}, fills: {}, position: "0" };

async function recordFaults({ trader: { companyId }, client }: Dealer, place: Place): Promise<readonly string[]> {
  const { instrumentId, marketplaceId, fold } = place;
  const wanted = liveOrders(fold, companyId)
    .map(([orderId]) => orderId)
    .sort();
  const areRead = async (): Promise<boolean> => {
    const records = await client.instruments.orders(marketplaceId, { instrumentId, state: "open" }).all();
    const found = records.map(({ orderId }) => orderId).sort();
    return found.join() === wanted.join();
  };
  try {
    await until(`the read model has ${wanted.length} open orders of ${companyId}`, areRead, patience.timeoutMs);
    return [];
  } catch (error) {
    return [String(error)];
  }
}

async function bookFaults({ desk }: Dealer, { instrumentId, fold }: Place): Promise<readonly string[]> {
  const faultsOf = (view: BookView | undefined): readonly string[] =>
    (["buy", "sell"] as const).flatMap((side) => {
      const levels = Object.values((side === "buy" ? view?.bids : view?.asks) ?? {});
      const shown = levels.reduce((sum, { quantity }) => sum + quantityOf(quantity), 0n);
      const wanted = sumOf(fold.live.values(), side);
      return shown === wanted ? [] : [`${instrumentId} shows ${shown} to ${side}, its journal has ${wanted}`];
    });
  try {
    await desk.live.until(`book-full:${instrumentId}`, (view) => faultsOf(view).length === 0, patience);
    return [];
  } catch (error) {
    if (!(error instanceof WaitTimeout)) throw error;
    return faultsOf((error.last as { readonly view?: BookView } | undefined)?.view);
  }
}

function sumOf(orders: Iterable<FoldedOrder>, side: FoldedOrder["side"]): bigint {
  let sum = 0n;
  for (const order of orders) if (order.side === side) sum += order.leaves;
  return sum;
}

function liveOrders(fold: InstrumentFold, companyId: string): readonly [string, FoldedOrder][] {
  return [...fold.live].filter(([, order]) => order.companyId === companyId);
}

type Wanted = { readonly fold: InstrumentFold; readonly companyId: string };

/** What the host tells a company of itself, beside what the journal says. */
function ownFaults(own: OwnAccountView, { fold, companyId }: Wanted): readonly string[] {
  const { position, money, goods } = fold.company(companyId);
  const live = liveOrders(fold, companyId);
  const leaves = new Map(live.map(([orderId, order]) => [orderId.slice(37), order.leaves]));
  const told = new Map(Object.entries(own.orders).map(([order, view]) => [order, quantityOf(view.leaves)]));
  const text = (map: ReadonlyMap<string, bigint>): string =>
    [...map]
      .map((entry) => entry.join(" "))
      .sort()
      .join();
  const faults: string[] = [];
  const compare = (what: string, one: unknown, other: unknown): void => {
    if (one !== other) faults.push(`${what} of ${companyId}: ${one} at the host, ${other} by the journal`);
  };
  compare("orders", text(told), text(leaves));
  compare("position", quantityOf(own.position), position);
  if (own.money === undefined || own.goods === undefined) return faults;
  compare("money", moneyOf(own.money), money);
  compare("goods", quantityOf(own.goods), goods);
  const orders = live.map(([, order]) => order);
  compare("held goods", quantityOf(own.goodsHeld ?? "0"), sumOf(orders, "sell"));
  if (moneyOf(own.moneyHeld ?? "0") > money) faults.push(`${companyId} holds more money than it has`);
  return faults;
}

/** Every movement that was told done, or refused, is what the journal and nobody else says. */
function movementFaults({ movements }: TradingFloor, { byKey }: JournalReading): readonly string[] {
  return movements.flatMap(({ allocationId, outcome, problem }) => {
    const [found] = byKey.get(allocationId) ?? [];
    const moved = found?.answer.ok === true;
    if (moved === (outcome === "done")) return [];
    return [`allocation ${allocationId} was told ${outcome} ${JSON.stringify(problem)}, moved: ${moved}`];
  });
}

/** The ledger has in the instrument what the journal was told to take, and of everything that was brought nothing is gone. */
async function ledgerFaults({ market, held, dealers }: TradingFloor, reading: JournalReading) {
  const fold = reading.instruments.get(held);
  const found = await Promise.all(
    dealers.map(async ({ trader: { companyId }, clerk }) => {
      const accounts = await accountsOf(market, clerk);
      const allocated = fold?.company(companyId).allocated;
      const balanceOf = (kind: "currency" | "good", purpose?: AccountRecord["purpose"]): bigint =>
        accounts
          .filter((account) => account.asset.kind === kind && (purpose === undefined || account.purpose === purpose))
          .reduce((sum, { balance }) => sum + (kind === "good" ? quantityOf(balance) : moneyOf(balance)), 0n);
      const rows = [
        ["money in the instrument", balanceOf("currency", "trading"), allocated?.money],
        ["goods in the instrument", balanceOf("good", "trading"), allocated?.goods],
        ["money in all", balanceOf("currency"), BigInt(deposited.money) * 100n],
        ["goods in all", balanceOf("good"), BigInt(deposited.goods)],
        ["held by the ledger", accounts.filter(({ held: kept }) => /[1-9]/.test(kept)).length, 0],
      ] as const;
      return rows.flatMap(([what, has, wanted]) =>
        has === wanted ? [] : [`${what} of ${companyId}: ${has}, not ${wanted}`],
      );
    }),
  );
  return found.flat();
}

/** Takes all orders away: then nothing is held any more. */
async function emptied({ dealers, held, onTrust }: TradingFloor): Promise<readonly string[]> {
  const cancel = async ({ client, desk, trader }: Dealer): Promise<readonly string[]> => {
    for (const instrumentId of [held, onTrust]) requireReceipt(await client.commands.cancelOrders({ instrumentId }));
    const isEmpty = (own: OwnAccountView | undefined): boolean =>
      own === undefined || (Object.keys(own.orders).length === 0 && !/[1-9]/.test(`${own.moneyHeld}${own.goodsHeld}`));
    try {
      await desk.live.until(`account:${held}`, (_, own) => isEmpty(own), patience);
      return [];
    } catch (error) {
      return [`${trader.companyId} still holds something without an order: ${error}`];
    }
  };
  return (await Promise.all(dealers.map(cancel))).flat();
}
