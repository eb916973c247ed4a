import type { GatewayWorld } from "./gateway-world.ts";

export type Listing = {
  readonly marketplaceId: string;
  readonly vendorId: string;
  readonly partNo: string;
  readonly status?: "draft" | "active" | "paused";
};

/** An offer by the piece of an article that comes in boxes of ten too; past the doors, for tests about its price. */
export async function listOffer({ sql }: Pick<GatewayWorld, "sql">, listing: Listing): Promise<string> {
  const { marketplaceId, vendorId, partNo, status = "active" } = listing;
  return await sql.begin(async (tx) => {
    const [product] = await tx`
      insert into products (marketplace_id, status, created_by) values (${marketplaceId}, 'active', 'x') returning id`;
    const [variant] = await tx`
      insert into variants (product_id, marketplace_id, base_unit)
      values (${String(product?.["id"])}, ${marketplaceId}, 'C62') returning id`;
    const variantId = String(variant?.["id"]);
    await tx`insert into variant_units (variant_id, unit, num, den) values (${variantId}, 'BX', 10, 1)`;
    const [offer] = await tx`
      insert into offers (marketplace_id, vendor_id, variant_id, vendor_part_no, vendor_part_no_key, status, order_unit,
        min_quantity, created_by)
      values (${marketplaceId}, ${vendorId}, ${variantId}, ${partNo}, ${partNo}, ${status}, 'C62', 1000000, 'x')
      returning id`;
    return String(offer?.["id"]);
  });
}
