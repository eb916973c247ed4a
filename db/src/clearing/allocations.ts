import type { Actor, Micros } from "@kontor/kernel";
import { isUuid, microsOfMs } from "@kontor/kernel";
import type { AllocationInput, AllocationQuery, AllocationRecord, Problem } from "@kontor/protocol";
import { and, asc, eq, inArray, lte } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { oneOf } from "../repositories/filters.ts";
import type { Order } from "../repositories/keyset.ts";
import { isInstant, pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { instantOf, present } from "../repositories/record-members.ts";
import { allOf, inMarketplace, ofCompanyOrStaff } from "../repositories/scope.ts";
import { allocations } from "../schema/clearing.ts";
import { fittingAllocation } from "./allocation-checks.ts";
import type { AllocationRow } from "./allocation-steps.ts";
import { runAllocation } from "./allocation-steps.ts";
import type { Answered } from "./answered.ts";
import { answered, refused } from "./answered.ts";
import { clearedInstrument } from "./cleared-instruments.ts";
import type { ShardPort } from "./shard-port.ts";

export type AllocationRequest = {
  readonly instrumentId: string;
  readonly input: AllocationInput;
  readonly at: Micros;
};

/** What companies have put into instruments and taken back; a company sees its own, staff all of a marketplace. */
export type AllocationRepository = {
  /**
   * Runs it as far as it goes; the same request again goes on with it. What the ledger or the shard refuses is refused
   * here, and stands in the record too.
   */
  readonly request: (actor: Actor, port: ShardPort, request: AllocationRequest) => Promise<Answered<AllocationRecord>>;
  /** Newest first. */
  readonly list: (
    actor: Actor,
    instrumentId: string,
    query: Query<AllocationQuery>,
  ) => Promise<Listing<AllocationRecord>>;
  readonly find: (actor: Actor, allocationId: string) => Promise<AllocationRecord | undefined>;
  /** Goes on with those that nobody has touched for some seconds, oldest first; their number. */
  readonly resume: (port: ShardPort, options: { readonly at: Micros; readonly limit: number }) => Promise<number>;
};

/** Who asked is at it for this long. */
const restMs = 5_000;

const newest: Order = {
  name: "requested",
  by: allocations.requestedAt,
  id: allocations.id,
  direction: "desc",
  accepts: isInstant,
  acceptsId: isUuid,
};

export function createAllocationRepository(db: Database): AllocationRepository {
  const sees = (actor: Actor) =>
    allOf(inMarketplace(actor, allocations.marketplaceId), ofCompanyOrStaff(actor, allocations.companyId));

  return {
    request: (actor, port, request) => requestIn(db, port, { actor, ...request }),

    list: (actor, instrumentId, { companyId, state, ...page }) =>
      pageFrom(page, {
        order: newest,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(allocations)
            .where(
              allOf(
                sees(actor),
                eq(allocations.instrumentId, instrumentId),
                oneOf(allocations.companyId, companyId),
                oneOf(allocations.state, state),
                after,
              ),
            )
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ requestedAt, id }) => [requestedAt, id],
        entryOf: recordOf,
      }),

    async find(actor, allocationId) {
      const [row] = await db
        .select()
        .from(allocations)
        .where(allOf(sees(actor), eq(allocations.id, allocationId)));
      return row && recordOf(row);
    },

    async resume(port, { at, limit }) {
      const untouched = lte(allocations.changedAt, Math.max(0, at - microsOfMs(restMs)));
      const rows = await db
        .select({ id: allocations.id })
        .from(allocations)
        .where(and(inArray(allocations.state, ["requested", "held"]), untouched))
        .orderBy(asc(allocations.changedAt))
        .limit(limit);
      const failures: unknown[] = [];
      for (const { id } of rows) await runAllocation(db, port, { id, at }).catch((error) => failures.push(error));
      if (failures.length > 0) throw new AggregateError(failures, "allocations could not be finished");
      return rows.length;
    },
  };
}

type Asking = AllocationRequest & { readonly actor: Actor };

async function requestIn(
  db: Database,
  port: ShardPort,
  { actor, instrumentId, input, at }: Asking,
): Promise<Answered<AllocationRecord>> {
  const { marketplaceId, companyId, userId } = actor;
  const instrument = await clearedInstrument(db, instrumentId);
  // The caller was let in because the instrument is there: the read model has yet to hear of it.
  if (instrument === undefined) return refused("unavailable", { retryAfterMs: 500 });
  if (instrument.marketplaceId !== marketplaceId || companyId === null) return refused("not_found");
  const { allocationId: id, direction } = input;
  const known = await storedIn(db, id);
  if (known === undefined) {
    const fitting = await fittingAllocation(db, { instrument, input, at });
    if (!fitting.ok) return fitting;
    const row = { id, marketplaceId, instrumentId, companyId, direction, cause: "request" as const, ...fitting.value };
    await db
      .insert(allocations)
      .values({ ...row, requestedBy: userId, requestedAt: at, changedAt: at })
      .onConflictDoNothing();
  }
  const stored = known ?? (await storedIn(db, id));
  if (stored === undefined || stored.companyId !== companyId || !isSame(stored, { instrumentId, input })) {
    return refused("id_reused", { id });
  }
  const row = await runAllocation(db, port, { id, at });
  if (row.state !== "refused" || row.problem === null) return answered(recordOf(row));
  const { code, type: _, title: __, status: ___, ...data } = row.problem as Problem;
  return refused(code as Parameters<typeof refused>[0], { ...data, allocationId: id });
}

async function storedIn(db: Database, id: string): Promise<AllocationRow | undefined> {
  const [row] = await db.select().from(allocations).where(eq(allocations.id, id));
  return row;
}

/** Whether the input asks for what is stored; amounts may be written in another way. */
function isSame(row: AllocationRow, { instrumentId, input }: Omit<AllocationRequest, "at">): boolean {
  const plain = (amount: string): string => amount.replace(/^(\d+\.\d*?)0+$/, "$1").replace(/\.$/, "");
  const receiptsOf = (receipts: AllocationInput["receipts"] | AllocationRow["receipts"]): string =>
    receipts.map(({ assetId, quantity }) => `${assetId} ${plain(quantity)}`).join();
  return (
    row.cause === "request" &&
    row.instrumentId === instrumentId &&
    row.direction === input.direction &&
    plain(row.money) === plain(input.money) &&
    receiptsOf(row.receipts) === receiptsOf(input.receipts)
  );
}

function recordOf(row: AllocationRow): AllocationRecord {
  const { id, requestedAt, changedAt, goods: _, problem, receipts, ...members } = row;
  return {
    allocationId: id,
    ...members,
    receipts: receipts.map((receipt) => ({ ...receipt })),
    requestedAt: instantOf(requestedAt),
    changedAt: instantOf(changedAt),
    ...present({ problem: problem as Problem | null }),
  };
}
