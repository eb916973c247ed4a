import type { Ratio } from "../quantities/ratio.ts";
import { compare, whole } from "../quantities/ratio.ts";

/** One more than there are smaller values; null where there is none to rank. */
export function rankOf(value: Ratio | null, among: readonly Ratio[]): number | null {
  if (value === null) return null;
  return 1 + among.filter((other) => compare(other, value) < 0).length;
}

/** Rules of Incoterms 2020 from the one by which the vendor bears most. */
const fromVendorBearsMost = ["DDP", "DPU", "DAP", "CIP", "CPT", "CIF", "CFR", "FOB", "FAS", "FCA", "EXW"];

/** Null for a rule that is none of them. */
export function deliveryTermPlace(term: string | null): Ratio | null {
  const place = term === null ? -1 : fromVendorBearsMost.indexOf(term);
  return place < 0 ? null : whole(BigInt(place));
}
