import type { Actor, JsonObject, Micros } from "@kontor/kernel";
import { formatDecimal, parseDecimal } from "@kontor/kernel";
import type { SweepInstruction } from "@kontor/protocol";
import { and, eq, ne, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import type { ReceiptRow } from "../schema/clearing.ts";
import { allocations, sweepInstructions } from "../schema/clearing.ts";
import { instruments } from "../schema/read-models-market.ts";
import { runAllocation } from "./allocation-steps.ts";
import type { Answered } from "./answered.ts";
import { answered, refused } from "./answered.ts";
import type { ClearedInstrument } from "./cleared-instruments.ts";
import { clearedInstrument } from "./cleared-instruments.ts";
import { derivedId } from "./derived-id.ts";
import { wholeSteps, writtenSteps } from "./quantity-steps.ts";
import { earliestReceipts } from "./receipts.ts";
import type { ShardPort } from "./shard-port.ts";
import type { TradingStock } from "./trading-stock.ts";
import { tradingStocks } from "./trading-stock.ts";

export type SweepRepository = {
  readonly instruction: (actor: Actor, instrumentId: string) => Promise<SweepInstruction>;
  /** A member's, for his company. One given while the instrument is closed takes effect at its next close. */
  readonly instruct: (actor: Actor, order: SweepOrder) => Promise<Answered<SweepInstruction>>;
  /** Carries out what is due; the number of companies looked at. */
  readonly sweep: (port: ShardPort, options: { readonly at: Micros; readonly limit: number }) => Promise<number>;
};

export type SweepOrder = { readonly instrumentId: string; readonly atClose: boolean; readonly at: Micros };

type Instruction = typeof sweepInstructions.$inferSelect;

export function createSweepRepository(db: Database): SweepRepository {
  return {
    async instruction({ companyId }, instrumentId) {
      const [row] = await db
        .select()
        .from(sweepInstructions)
        .where(ofCompany(instrumentId, companyId ?? ""));
      return { instrumentId, atClose: row !== undefined };
    },

    async instruct({ companyId, marketplaceId, userId }, { instrumentId, atClose, at }) {
      const instrument = await clearedInstrument(db, instrumentId);
      if (instrument === undefined) return refused("unavailable", { retryAfterMs: 500 });
      if (instrument.marketplaceId !== marketplaceId || companyId === null) return refused("not_found");
      if (instrument.terms.holds === "none") return refused("allocation_not_needed");
      if (!atClose) await db.delete(sweepInstructions).where(ofCompany(instrumentId, companyId));
      else {
        const armed = instrument.phase !== "closed";
        const row = { instrumentId, companyId, marketplaceId, armed, setBy: userId, setAt: at };
        await db.insert(sweepInstructions).values(row).onConflictDoNothing();
      }
      return answered({ instrumentId, atClose });
    },

    async sweep(port, { at, limit }) {
      await arm(db);
      const due = await db
        .select({ row: sweepInstructions })
        .from(sweepInstructions)
        .innerJoin(instruments, eq(instruments.id, sweepInstructions.instrumentId))
        .where(and(eq(sweepInstructions.armed, true), eq(instruments.phase, "closed")))
        .orderBy(sweepInstructions.instrumentId, sweepInstructions.companyId)
        .limit(limit);
      const failures: unknown[] = [];
      for (const { row } of due) await sweepOne(db, port, { row, at }).catch((error) => failures.push(error));
      if (failures.length > 0) throw new AggregateError(failures, "standing instructions could not be carried out");
      return due.length;
    },
  };
}

const ofCompany = (instrumentId: string, companyId: string) =>
  and(eq(sweepInstructions.instrumentId, instrumentId), eq(sweepInstructions.companyId, companyId));

/** Whoever's instrument is open is swept when it closes. */
async function arm(db: Database): Promise<void> {
  const open = sql`exists (select 1 from ${instruments} where ${and(
    eq(instruments.id, sweepInstructions.instrumentId),
    ne(instruments.phase, "closed"),
  )})`;
  await db
    .update(sweepInstructions)
    .set({ armed: true })
    .where(and(eq(sweepInstructions.armed, false), open));
}

type Sweeping = { readonly row: Instruction; readonly at: Micros };

async function sweepOne(db: Database, port: ShardPort, { row, at }: Sweeping): Promise<void> {
  const { instrumentId, companyId, marketplaceId, setBy, sweeps } = row;
  const instrument = await clearedInstrument(db, instrumentId);
  if (instrument === undefined) return;
  const actor: Actor = { kind: "member", userId: setBy, companyId, marketplaceId };
  const reply = await port.view({ shard: instrumentId, stream: `account:${instrumentId}`, actor });
  // The host is busy; the instruction stays armed.
  if (!reply.found && reply.retry !== undefined) return;
  const stock = (await tradingStocks(db, instrument, { companyId })).of(companyId);
  const free = reply.found ? freeOf(reply.own ?? {}, stock, instrument) : null;
  const id = derivedId("sweep", instrumentId, companyId, setBy, row.setAt, sweeps);
  const made = await db.transaction(async (tx) => {
    const [taken] = await tx
      .update(sweepInstructions)
      .set({ armed: false, sweeps: sweeps + 1 })
      .where(and(ofCompany(instrumentId, companyId), eq(sweepInstructions.sweeps, sweeps)))
      .returning();
    if (taken === undefined || free === null) return false;
    const { currency } = instrument.terms;
    const members = { id, marketplaceId, instrumentId, companyId, direction: "out", cause: "sweep", currency } as const;
    await tx
      .insert(allocations)
      .values({ ...members, ...free, requestedBy: setBy, requestedAt: at, changedAt: at })
      .onConflictDoNothing();
    return true;
  });
  if (made) await runAllocation(db, port, { id, at });
}

type Free = { readonly money: string; readonly goods: string; readonly receipts: readonly ReceiptRow[] };

/** What the shard has free and the ledger has there: sales of these days are not settled yet. Null where that is nothing. */
function freeOf(own: JsonObject, stock: TradingStock, { terms }: ClearedInstrument): Free | null {
  const { quantityStep, currencyScale } = terms;
  const unheld = (all: unknown, held: unknown, read: (text: string) => bigint): bigint =>
    typeof all === "string" && typeof held === "string" ? read(all) - read(held) : 0n;
  const minor = (text: string): bigint => {
    const amount = parseDecimal(text, currencyScale);
    return typeof amount === "bigint" ? amount : 0n;
  };
  const money = least(unheld(own["money"], own["moneyHeld"], minor), stock.funds);
  const steps = unheld(own["goods"], own["goodsHeld"], (text) => wholeSteps(text, quantityStep));
  const parts = earliestReceipts(stock.receipts, steps);
  const goods = parts.reduce((sum, part) => sum + part.steps, 0n);
  if (money === 0n && goods === 0n) return null;
  const receipts = parts.map((part) => ({
    assetId: part.assetId,
    quantity: writtenSteps(part.steps, quantityStep),
  }));
  return { money: formatDecimal(money, currencyScale), goods: writtenSteps(goods, quantityStep), receipts };
}

function least(one: bigint, other: bigint | null): bigint {
  if (one <= 0n || (other !== null && other <= 0n)) return 0n;
  return other !== null && other < one ? other : one;
}
