import type { Actor } from "@kontor/kernel";
import { formatDecimal, parseDecimal } from "@kontor/kernel";
import type { OrderMinimum } from "@kontor/protocol";
import { and, asc, eq, isNull } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { orderMinimums } from "../schema/catalog-prices.ts";
import { keeperOf } from "./keepers.ts";

/** Decimal places of a currency; null where there is no such currency. This package keeps no list of them. */
export type CurrencyDecimals = (currency: string) => number | null;

/** The least amounts of a vendor's purchase orders, for all buyers whose agreement says no other. */
export type OrderMinimumRepository = {
  /** The acting vendor's own. */
  readonly list: (actor: Actor) => Promise<readonly OrderMinimum[]>;
  /** In place of those there are. `amount_too_fine` for more decimal places than the currency has. */
  readonly put: (actor: Actor, minimums: readonly OrderMinimum[]) => Promise<Answered<readonly OrderMinimum[]>>;
};

export function createOrderMinimumRepository(db: Database, decimalsOf: CurrencyDecimals): OrderMinimumRepository {
  const stored = async (from: Database, key: VendorKey) => {
    const rows = await from.select().from(orderMinimums).where(ownOf(key)).orderBy(asc(orderMinimums.currency));
    return rows.map((row) => minimumOf(row, decimalsOf));
  };

  return {
    async list(actor) {
      const key = vendorOf(actor);
      return key === undefined ? [] : await stored(db, key);
    },

    put: (actor, minimums) =>
      wholly(db, async (tx) => {
        const key = vendorOf(actor);
        if (key === undefined) return refused("not_found");
        const rows: MinimumColumns[] = [];
        for (const [at, minimum] of minimums.entries()) {
          const columns = minimumColumns(minimum, decimalsOf, `/minimums/${at}`);
          if (!columns.ok) return columns;
          rows.push(columns.value);
        }
        await tx.delete(orderMinimums).where(ownOf(key));
        if (rows.length > 0) await tx.insert(orderMinimums).values(rows.map((row) => ({ ...key, ...row })));
        return answered(await stored(tx, key));
      }),
  };
}

type VendorKey = { readonly marketplaceId: string; readonly vendorId: string };

function vendorOf(actor: Actor): VendorKey | undefined {
  const keeper = keeperOf(actor);
  if (keeper === undefined || keeper.vendorId === null) return undefined;
  return { marketplaceId: keeper.marketplaceId, vendorId: keeper.vendorId };
}

function ownOf({ marketplaceId, vendorId }: VendorKey) {
  return and(
    eq(orderMinimums.marketplaceId, marketplaceId),
    eq(orderMinimums.vendorId, vendorId),
    isNull(orderMinimums.agreementId),
  );
}

export type MinimumColumns = Pick<typeof orderMinimums.$inferSelect, "currency" | "amount" | "mode" | "fee">;

/** Amounts in the smallest units of their currency. */
export function minimumColumns(
  { currency, amount, mode, fee = "0" }: OrderMinimum,
  decimalsOf: CurrencyDecimals,
  pointer: string,
): Answered<MinimumColumns> {
  const decimals = decimalsOf(currency);
  if (decimals === null) return refused("amount_too_fine", { currency, pointer: `${pointer}/currency` });
  const [least, extra] = [amount, fee].map((text) => parseDecimal(text, decimals));
  if (typeof least !== "bigint")
    return refused("amount_too_fine", { currency, decimals, pointer: `${pointer}/amount` });
  if (typeof extra !== "bigint") return refused("amount_too_fine", { currency, decimals, pointer: `${pointer}/fee` });
  return answered({ currency, amount: least, mode, fee: extra });
}

export function minimumOf({ currency, amount, mode, fee }: MinimumColumns, decimalsOf: CurrencyDecimals): OrderMinimum {
  const decimals = decimalsOf(currency) ?? 0;
  const least = { currency, amount: formatDecimal(amount, decimals) };
  return mode === "fee" ? { ...least, mode, fee: formatDecimal(fee, decimals) } : { ...least, mode };
}
