import type { Actor, Micros } from "@kontor/kernel";
import type {
  PaymentInput,
  PaymentRecord,
  PayoutInput,
  PayoutQuery,
  PayoutRecord,
  RefundInput,
  VendorEntryQuery,
  VendorEntryRecord,
} from "@kontor/protocol";
import { and, asc, eq, isNull } from "drizzle-orm";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused, wholly } from "../../clearing/answered.ts";
import type { Database } from "../../connect.ts";
import { oneOf } from "../../repositories/filters.ts";
import { pageFrom } from "../../repositories/keyset.ts";
import type { Listing, Query } from "../../repositories/listing.ts";
import { instantOf } from "../../repositories/record-members.ts";
import { allOf, inMarketplace, ofCompanyOrStaff } from "../../repositories/scope.ts";
import { vendorEntries, vendorPayouts } from "../../schema/catalog-orders.ts";
import type { BuyingEngine } from "../buying-engine.ts";
import { moneyText } from "../number-texts.ts";
import type { Parts } from "../orders/order-steps.ts";
import { newestFirst } from "../orders/own-company.ts";
import { entryRecordOf } from "../orders/vendor-entries.ts";
import { orderAccounts, postOrder } from "./order-accounts.ts";
import { capturePayment } from "./order-payments.ts";
import { refundLine } from "./order-refunds.ts";

/** The money of purchase orders. Operators move it; a vendor sees his own entries and payouts. */
export type OrderMoneyRepository = {
  readonly capture: (actor: Actor, input: PaymentInput, at: Micros) => Promise<Answered<PaymentRecord>>;
  readonly refund: (actor: Actor, input: RefundInput, at: Micros) => Promise<Answered<VendorEntryRecord>>;
  readonly entries: (actor: Actor, query: Query<VendorEntryQuery>) => Promise<Listing<VendorEntryRecord>>;
  readonly payouts: (actor: Actor, query: Query<PayoutQuery>) => Promise<Listing<PayoutRecord>>;
  readonly payOut: (actor: Actor, input: PayoutInput, at: Micros) => Promise<Answered<PayoutRecord>>;
};

const newestEntry = newestFirst("vendor_entries", vendorEntries);
const newestPayout = newestFirst("payouts", vendorPayouts);

export function createOrderMoneyRepository(db: Database, engine: BuyingEngine): OrderMoneyRepository {
  const parts = { db, engine };
  return {
    capture: (actor, input, at) => capturePayment(parts, { actor, input, at }),
    refund: (actor, input, at) => refundLine(parts, { actor, input, at }),

    entries: (actor, { vendorId, payoutId, ...page }) =>
      pageFrom(page, {
        order: newestEntry,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(vendorEntries)
            .where(
              allOf(
                inMarketplace(actor, vendorEntries.marketplaceId),
                ofCompanyOrStaff(actor, vendorEntries.vendorId),
                oneOf(vendorEntries.vendorId, vendorId),
                oneOf(vendorEntries.payoutId, payoutId),
                after,
              ),
            )
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ at, id }) => [at, id],
        entryOf: (row) => entryRecordOf(row, engine.exponentOf(row.currency)),
      }),

    payouts: (actor, { vendorId, ...page }) =>
      pageFrom(page, {
        order: newestPayout,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(vendorPayouts)
            .where(
              allOf(
                inMarketplace(actor, vendorPayouts.marketplaceId),
                ofCompanyOrStaff(actor, vendorPayouts.vendorId),
                oneOf(vendorPayouts.vendorId, vendorId),
                after,
              ),
            )
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ at, id }) => [at, id],
        entryOf: (row) => payoutRecordOf(row, engine.exponentOf(row.currency)),
      }),

    payOut: (actor, input, at) => payOut(parts, { actor, input, at }),
  };
}

type Paying = { readonly actor: Actor; readonly input: PayoutInput; readonly at: Micros };

/** All entries that no payout has, in one; refused while what the vendor owes is as much. */
async function payOut({ db, engine }: Parts, { actor, input, at }: Paying): Promise<Answered<PayoutRecord>> {
  const { kind, marketplaceId, userId } = actor;
  if (kind !== "operator" || marketplaceId === null) return refused("not_found");
  const { payoutId, vendorId, currency } = input;
  const exponent = engine.exponentOf(currency);
  const unpaid = and(
    eq(vendorEntries.marketplaceId, marketplaceId),
    eq(vendorEntries.vendorId, vendorId),
    eq(vendorEntries.currency, currency),
    isNull(vendorEntries.payoutId),
  );
  const again = await payoutIn(db, input, marketplaceId);
  if (again !== undefined) return again.ok ? answered(payoutRecordOf(again.value, exponent)) : again;
  const [any] = await db.select().from(vendorEntries).where(unpaid).limit(1);
  if (any === undefined) return refused("payout_not_due", { currency });
  const accounts = await orderAccounts(db, { marketplaceId, buyerId: vendorId, vendorId, currency, at });
  if (!accounts.ok) return accounts;
  const { vendorProceeds, vendor } = accounts.value;
  return await wholly(db, async (tx) => {
    const entries = await tx.select().from(vendorEntries).where(unpaid).orderBy(asc(vendorEntries.id)).for("update");
    const done = await payoutIn(tx, input, marketplaceId);
    if (done !== undefined) return done.ok ? answered(payoutRecordOf(done.value, exponent)) : done;
    const amount = entries.reduce((sum, entry) => sum + entry.amount, 0n);
    if (amount <= 0n) return refused("payout_not_due", { currency, owed: moneyText(amount, exponent) });
    const values = { id: payoutId, marketplaceId, vendorId, currency, amount, by: userId, at };
    const [made] = await tx.insert(vendorPayouts).values(values).returning();
    for (const { id } of entries) await tx.update(vendorEntries).set({ payoutId }).where(eq(vendorEntries.id, id));
    const posted = await postOrder(tx, {
      name: ["vendor-payout", payoutId],
      reference: `Payout ${payoutId}`,
      legs: [
        { account: vendorProceeds, amount: -amount },
        { account: vendor, amount },
      ],
      exponent,
      at,
    });
    if (!posted.ok) return posted;
    return made === undefined ? refused("internal") : answered(payoutRecordOf(made, exponent));
  });
}

type PayoutRow = typeof vendorPayouts.$inferSelect;

/** The payout of this id, if it was made; refused where it is another one. */
async function payoutIn(
  db: Database,
  { payoutId, vendorId, currency }: PayoutInput,
  marketplaceId: string,
): Promise<Answered<PayoutRow> | undefined> {
  const [known] = await db.select().from(vendorPayouts).where(eq(vendorPayouts.id, payoutId));
  if (known === undefined) return undefined;
  const same = known.vendorId === vendorId && known.currency === currency && known.marketplaceId === marketplaceId;
  return same ? answered(known) : refused("id_reused", { id: payoutId });
}

function payoutRecordOf({ id, vendorId, currency, amount, at }: PayoutRow, exponent: number): PayoutRecord {
  return { payoutId: id, vendorId, currency, amount: moneyText(amount, exponent), at: instantOf(at) };
}
