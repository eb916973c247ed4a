/** One purchase order in the making. */
export type VendorOrder<Line> = { readonly vendorId: string; readonly lines: readonly Line[] };

/** One purchase order per vendor, in the order in which vendors come up in the cart; lines keep theirs. */
export function splitByVendor<Line extends { readonly vendorId: string }>(
  lines: readonly Line[],
): readonly VendorOrder<Line>[] {
  const orders = new Map<string, Line[]>();
  for (const line of lines) {
    const known = orders.get(line.vendorId);
    if (known === undefined) orders.set(line.vendorId, [line]);
    else known.push(line);
  }
  return [...orders].map(([vendorId, ofVendor]) => ({ vendorId, lines: ofVendor }));
}
