import type { Actor, Micros } from "@kontor/kernel";
import { isUuid, systemActor } from "@kontor/kernel";
import type { AssetRequestInput, AssetRequestQuery, AssetRequestRecord } from "@kontor/protocol";
import { and, eq } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { createLedgerRepository } from "../ledger/create-ledger.ts";
import type { Asset } from "../ledger/ledger-repository.ts";
import type { Operation } from "../ledger/operation.ts";
import { assetOf } from "../ledger/reads.ts";
import { oneOf } from "../repositories/filters.ts";
import type { Order } from "../repositories/keyset.ts";
import { isInstant, pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { instantOf, present } from "../repositories/record-members.ts";
import { allOf, inMarketplace, ofCompanyOrStaff } from "../repositories/scope.ts";
import { assetRequests } from "../schema/clearing.ts";
import { ledgerAssets } from "../schema/ledger.ts";
import type { Answered } from "./answered.ts";
import { answered, refused, wholly } from "./answered.ts";
import { assetIn } from "./assets.ts";
import { accountOf, available, outside } from "./clearing-accounts.ts";
import { derivedId } from "./derived-id.ts";
import { amountIn, writtenIn } from "./ledger-amounts.ts";
import { problemOfPosting } from "./ledger-problems.ts";
import { assetRecordOf } from "./ledger-records.ts";

export type AssetDirection = "deposit" | "withdrawal";
export type AssetDecision = "confirm" | "refuse" | "reverse";

/** Deposits and withdrawals. What the caller may not see counts as missing. */
export type AssetRequestRepository = {
  /** The same request again changes nothing. A withdrawal holds its amount. */
  readonly request: (actor: Actor, request: AssetRequest) => Promise<Answered<AssetRequestRecord>>;
  /** The operator's: `confirm` moves the amount, `refuse` gives up the hold, `reverse` moves it back. */
  readonly decide: (actor: Actor, decision: RequestDecision) => Promise<Answered<AssetRequestRecord>>;
  /** Newest first. */
  readonly list: (
    actor: Actor,
    direction: AssetDirection,
    query: Query<AssetRequestQuery>,
  ) => Promise<Listing<AssetRequestRecord>>;
  readonly find: (
    actor: Actor,
    direction: AssetDirection,
    requestId: string,
  ) => Promise<AssetRequestRecord | undefined>;
};

export type AssetRequest = {
  readonly direction: AssetDirection;
  readonly input: AssetRequestInput;
  readonly at: Micros;
};

export type RequestDecision = {
  readonly direction: AssetDirection;
  readonly requestId: string;
  readonly decision: AssetDecision;
  readonly reason: string | null;
  readonly at: Micros;
};

type Row = typeof assetRequests.$inferSelect;

const newest: Order = {
  name: "requested",
  by: assetRequests.requestedAt,
  id: assetRequests.id,
  direction: "desc",
  accepts: isInstant,
  acceptsId: isUuid,
};

export function createAssetRequestRepository(db: Database): AssetRequestRepository {
  const withAsset = (from: Database) =>
    from
      .select({ row: assetRequests, asset: ledgerAssets })
      .from(assetRequests)
      .innerJoin(
        ledgerAssets,
        and(eq(ledgerAssets.marketplaceId, assetRequests.marketplaceId), eq(ledgerAssets.id, assetRequests.assetId)),
      )
      .$dynamic();
  const sees = (actor: Actor, direction: AssetDirection) =>
    allOf(
      inMarketplace(actor, assetRequests.marketplaceId),
      ofCompanyOrStaff(actor, assetRequests.companyId),
      eq(assetRequests.direction, direction),
    );

  return {
    request: (actor, request) => requestIn(db, { actor, ...request }),

    decide: (actor, decision) => decideIn(db, { actor, ...decision }),

    list: (actor, direction, { companyId, state, ...page }) =>
      pageFrom(page, {
        order: newest,
        rows: ({ after, orderBy, limit }) =>
          withAsset(db)
            .where(
              allOf(
                sees(actor, direction),
                oneOf(assetRequests.companyId, companyId),
                oneOf(assetRequests.state, state),
                after,
              ),
            )
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ row }) => [row.requestedAt, row.id],
        entryOf: ({ row, asset }) => recordOf(row, assetOf(asset)),
      }),

    async find(actor, direction, requestId) {
      const [found] = await withAsset(db).where(allOf(sees(actor, direction), eq(assetRequests.id, requestId)));
      return found && recordOf(found.row, assetOf(found.asset));
    },
  };
}

type Asking = AssetRequest & { readonly actor: Actor };

async function requestIn(db: Database, { actor, direction, input, at }: Asking): Promise<Answered<AssetRequestRecord>> {
  const { marketplaceId, companyId, userId } = actor;
  if (marketplaceId === null || companyId === null) return refused("not_found");
  const { requestId, assetId, note } = input;
  const asset = await assetIn(db, marketplaceId, assetId);
  if (asset === undefined) return refused("asset_unknown", { assetId, pointer: "/assetId" });
  const amount = amountIn(input.amount, asset.scale);
  if (!amount.ok) return { ...amount, data: { ...amount.data, pointer: "/amount" } };
  const account = await accountOf(
    createLedgerRepository(db),
    { marketplaceId, companyId, purpose: available, assetId },
    at,
  );
  if (!account.ok) return account;
  const wanted = { id: requestId, marketplaceId, companyId, direction, assetId, amount: amount.value, note };
  return await wholly(db, async (tx) => {
    const [made] = await tx
      .insert(assetRequests)
      .values({ ...wanted, requestedBy: userId, requestedAt: at })
      .onConflictDoNothing()
      .returning();
    if (made === undefined) {
      const [stored] = await tx.select().from(assetRequests).where(eq(assetRequests.id, requestId));
      const same = stored && Object.entries(wanted).every(([name, value]) => stored[name as keyof Row] === value);
      return same ? answered(recordOf(stored, asset)) : refused("id_reused", { id: requestId });
    }
    const hold = holdOf(made, account.value.accountId);
    const placed =
      direction === "deposit"
        ? undefined
        : await createLedgerRepository(tx).post({ ...systemActor, userId, marketplaceId }, [hold], at);
    return (placed && problemOfPosting(placed, asset.scale)) ?? answered(recordOf(made, asset));
  });
}

const referenceOf = ({ direction, id }: Pick<Row, "direction" | "id">): string =>
  direction === "deposit" ? `Deposit ${id}` : `Withdrawal ${id}`;

function holdOf(row: Row, accountId: string): Operation {
  const id = derivedId("request-hold", row.id);
  return { kind: "hold", id, reference: referenceOf(row), accountId, amount: row.amount, expiresAt: null };
}

type Deciding = RequestDecision & { readonly actor: Actor };

const stateAfter = { confirm: "confirmed", refuse: "refused", reverse: "reversed" } as const;

async function decideIn(db: Database, deciding: Deciding): Promise<Answered<AssetRequestRecord>> {
  const { actor, direction, requestId, decision, reason, at } = deciding;
  const { kind, marketplaceId, userId } = actor;
  if (kind !== "operator" || marketplaceId === null) return refused("request_unknown");
  const here = allOf(
    eq(assetRequests.id, requestId),
    eq(assetRequests.marketplaceId, marketplaceId),
    eq(assetRequests.direction, direction),
  );
  const [known] = await db.select().from(assetRequests).where(here);
  const asset = known && (await assetIn(db, marketplaceId, known.assetId));
  if (known === undefined || asset === undefined) return refused("request_unknown");
  const operation = await operationFor(db, known, { decision, at });
  if (!operation.ok) return operation;
  return await wholly(db, async (tx) => {
    const [stored] = await tx.select().from(assetRequests).where(here).for("update");
    if (stored === undefined) return refused("request_unknown");
    if (decision === "reverse" && stored.state !== "confirmed") return refused("request_not_confirmed");
    if (decision !== "reverse" && stored.state !== "requested") return refused("request_decided");
    const decided = { state: stateAfter[decision], decidedBy: userId, decidedAt: at, reason };
    const [row] = await tx.update(assetRequests).set(decided).where(here).returning();
    if (row === undefined) return refused("request_unknown");
    const posted =
      operation.value === null ? undefined : await createLedgerRepository(tx).post(actor, [operation.value], at);
    return (posted && problemOfPosting(posted, asset.scale)) ?? answered(recordOf(row, asset));
  });
}

type Step = { readonly decision: AssetDecision; readonly at: Micros };

/** What the decision asks of the ledger; null where that is nothing. */
async function operationFor(db: Database, row: Row, { decision, at }: Step): Promise<Answered<Operation | null>> {
  const reference = referenceOf(row);
  const transferId = derivedId("request-transfer", row.id);
  if (decision === "reverse") {
    const id = derivedId("request-reversal", row.id);
    return answered({ kind: "reversal", id, reference: `${reference} reversed`, transferId });
  }
  const holdId = derivedId("request-hold", row.id);
  if (decision === "refuse") {
    if (row.direction === "deposit") return answered(null);
    const id = derivedId("request-void", row.id);
    return answered({ kind: "void", id, reference: `${reference} refused`, holdId });
  }
  const { marketplaceId, companyId, assetId, amount } = row;
  const ledger = createLedgerRepository(db);
  const own = await accountOf(ledger, { marketplaceId, companyId, purpose: available, assetId }, at);
  if (!own.ok) return own;
  const world = await accountOf(ledger, { marketplaceId, companyId: null, purpose: outside, assetId }, at);
  if (!world.ok) return world;
  const arriving = row.direction === "deposit" ? amount : -amount;
  const legs = [
    { accountId: own.value.accountId, amount: arriving },
    { accountId: world.value.accountId, amount: -arriving },
  ];
  const holds = row.direction === "deposit" ? {} : { holdIds: [holdId] };
  return answered({ kind: "transfer", id: transferId, reference, legs, ...holds });
}

function recordOf(row: Row, asset: Asset): AssetRequestRecord {
  const { id, marketplaceId, companyId, amount, note, state, requestedBy, requestedAt, decidedAt, reason } = row;
  return {
    requestId: id,
    marketplaceId,
    companyId,
    asset: assetRecordOf(asset),
    amount: writtenIn(amount, asset),
    note,
    state,
    requestedBy,
    requestedAt: instantOf(requestedAt),
    ...present({ decidedAt: instantOf(decidedAt), reason }),
  };
}
