import { connect } from "@kontor/db";

/** What is listed: a product with one variant, and one vendor's offer of it. Ratios are of the base unit. */
export type Listed = {
  readonly marketplaceId: string;
  readonly vendorId: string;
  readonly partNo: string;
  readonly baseUnit?: string;
  readonly units?: readonly {
    readonly unit: string;
    readonly num: bigint;
    readonly den?: bigint;
    readonly decimals?: number;
  }[];
  readonly orderUnit?: string;
  /** Whole millionths, as all quantities here. */
  readonly minQuantity?: bigint;
  readonly multiple?: bigint;
  readonly maxQuantity?: bigint;
  readonly mixGroup?: string;
  readonly status?: "draft" | "active" | "paused";
};

/** Lists active offers past the doors, for journeys that are not about listing. */
export type OfferShelf = {
  readonly list: (listed: Listed) => Promise<string>;
  readonly close: () => Promise<void>;
};

export function createOfferShelf(databaseUrl: string): OfferShelf {
  const { sql, close } = connect(databaseUrl, { max: 1 });
  return {
    close,
    list: ({ marketplaceId, vendorId, partNo, baseUnit = "C62", units = [], ...offer }) =>
      sql.begin(async (tx) => {
        const [product] = await tx`
          insert into products (marketplace_id, status, created_by) values (${marketplaceId}, 'active', 'shelf')
          returning id`;
        const [variant] = await tx`
          insert into variants (product_id, marketplace_id, base_unit)
          values (${String(product?.["id"])}, ${marketplaceId}, ${baseUnit}) returning id`;
        const variantId = String(variant?.["id"]);
        for (const { unit, num, den = 1n, decimals = 0 } of units) {
          await tx`insert into variant_units (variant_id, unit, num, den, decimals)
            values (${variantId}, ${unit}, ${String(num)}, ${String(den)}, ${decimals})`;
        }
        const { orderUnit = baseUnit, minQuantity = 1_000_000n, multiple, maxQuantity, mixGroup, status } = offer;
        const text = (value: bigint | undefined): string | null => (value === undefined ? null : String(value));
        const [row] = await tx`
          insert into offers (marketplace_id, vendor_id, variant_id, vendor_part_no, vendor_part_no_key, status,
            order_unit, min_quantity, multiple, max_quantity, mix_group, created_by)
          values (${marketplaceId}, ${vendorId}, ${variantId}, ${partNo}, ${partNo.toLowerCase().replaceAll(/[^a-z0-9]/g, "")}, ${status ?? "active"},
            ${orderUnit}, ${String(minQuantity)}, ${text(multiple)}, ${text(maxQuantity)}, ${mixGroup ?? null}, 'shelf')
          returning id`;
        return String(row?.["id"]);
      }),
  };
}
