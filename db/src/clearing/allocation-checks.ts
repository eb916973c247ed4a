import type { Micros } from "@kontor/kernel";
import { formatDecimal } from "@kontor/kernel";
import type { AllocationInput, InstrumentTerms } from "@kontor/protocol";
import type { Database } from "../connect.ts";
import type { Asset } from "../ledger/ledger-repository.ts";
import type { ReceiptRow } from "../schema/clearing.ts";
import type { Answered, Refused } from "./answered.ts";
import { answered, refused } from "./answered.ts";
import { assetIn } from "./assets.ts";
import { dayOf, deliveryDay } from "./business-days.ts";
import type { ClearedInstrument } from "./cleared-instruments.ts";
import { amountIn } from "./ledger-amounts.ts";
import { fitsScale, stepIn, writtenSteps } from "./quantity-steps.ts";

/** An allocation as it is kept: amounts as the shard reads them, receipts in the units of their assets. */
export type FittingAllocation = {
  readonly currency: string;
  readonly money: string;
  readonly goods: string;
  readonly receipts: readonly ReceiptRow[];
};

type Checked = { readonly instrument: ClearedInstrument; readonly input: AllocationInput; readonly at: Micros };

/** What may be put into the instrument, or taken out of it, whoever has it. */
export async function fittingAllocation(db: Database, checked: Checked): Promise<Answered<FittingAllocation>> {
  const { instrument, input } = checked;
  const refusal = refusalOfInstrument(checked);
  if (refusal !== undefined) return refusal;
  const { currency, currencyScale, quantityStep } = instrument.terms;
  const money = await moneyOf(db, checked);
  if (!money.ok) return money;
  const receipts: ReceiptRow[] = [];
  let steps = 0n;
  for (const [index, receipt] of input.receipts.entries()) {
    const pointer = `/receipts/${index}`;
    const { assetId } = receipt;
    const asset = await assetIn(db, instrument.marketplaceId, assetId);
    if (asset === undefined) return refused("asset_unknown", { assetId, pointer });
    const repeated = receipts.some((other) => other.assetId === assetId);
    const rule = repeated ? "repeated" : unfitBy(asset, checked);
    if (rule !== null) return refused("asset_unfit", { assetId, rule, pointer });
    const whole = stepsOf(receipt.quantity, { asset, quantityStep, pointer: `${pointer}/quantity` });
    if (!whole.ok) return whole;
    receipts.push({ assetId, quantity: formatDecimal(whole.value * stepIn(quantityStep, asset.scale), asset.scale) });
    steps += whole.value;
  }
  if (money.value === 0n && steps === 0n) return refused("amount_missing");
  return answered({
    currency,
    money: formatDecimal(money.value, currencyScale),
    goods: writtenSteps(steps, quantityStep),
    receipts,
  });
}

type Quantity = { readonly asset: Asset; readonly quantityStep: string; readonly pointer: string };

/** Receipts of each kind come in whole quantity steps, so that each can be delivered by itself. */
function stepsOf(text: string, { asset, quantityStep, pointer }: Quantity): Answered<bigint> {
  const quantity = amountIn(text, asset.scale);
  if (!quantity.ok) return { ...quantity, data: { ...quantity.data, pointer } };
  const step = stepIn(quantityStep, asset.scale);
  const excess = quantity.value % step;
  if (excess === 0n) return answered(quantity.value / step);
  return refused("off_quantity_step", { pointer, limit: formatDecimal(quantity.value - excess, asset.scale) });
}

function refusalOfInstrument({ instrument, input }: Checked): Refused | undefined {
  if (instrument.state === "draft") return refused("instrument_not_listed");
  if (instrument.terms.holds === "none") return refused("allocation_not_needed");
  return instrument.state === "delisted" && input.direction === "in" ? refused("instrument_delisted") : undefined;
}

/** In the smallest unit that the instrument trades in. */
async function moneyOf(db: Database, { instrument, input }: Checked): Promise<Answered<bigint>> {
  const { currency, currencyScale } = instrument.terms;
  const money = amountIn(input.money, currencyScale, { zero: true });
  if (!money.ok) return { ...money, data: { ...money.data, pointer: "/money" } };
  if (money.value === 0n) return money;
  const asset = await assetIn(db, instrument.marketplaceId, currency);
  if (asset === undefined) return refused("asset_unknown", { assetId: currency, pointer: "/money" });
  if (asset.scale < currencyScale) {
    return refused("asset_unfit", { assetId: currency, rule: "scale", pointer: "/money" });
  }
  return money;
}

/** The first member in which receipts differ from what the instrument trades in; null where they fit. */
function unfitBy(asset: Asset, { instrument: { terms }, input, at }: Checked): string | null {
  if (input.direction === "out") {
    if (asset.kind !== "good") return "kind";
    return fitsScale(asset.scale, terms.quantityStep) ? null : "scale";
  }
  return unfitReceipts(asset, terms, deliveryDay(dayOf(at), terms));
}

/** The first member in which receipts differ from what the instrument trades in; `day` they must still be good on. */
export function unfitReceipts(asset: Asset, terms: InstrumentTerms, day: string): string | null {
  if (asset.kind !== "good") return "kind";
  if (asset.unit !== terms.unit) return "unit";
  if (asset.grade !== terms.grade) return "grade";
  if (asset.place !== terms.place) return "place";
  if (!fitsScale(asset.scale, terms.quantityStep)) return "scale";
  return asset.expiresOn !== null && asset.expiresOn < day ? "expiresOn" : null;
}
