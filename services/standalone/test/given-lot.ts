import type { LotView } from "@kontor/protocol";

/** What every view in these tests has; each adds its phase and clock. */
export const copperLot = {
  lotId: "00000000-0000-4000-8000-000000000001-1",
  tenderId: "00000000-0000-4000-8000-000000000001",
  number: 1,
  title: "Copper cathode Grade A",
  direction: "buy",
  format: "english_reverse",
  visibility: "full",
  currency: "EUR",
  priceScale: 2,
} as const satisfies Partial<LotView>;
