import type { Rejection } from "../events.ts";
import type { Core } from "../store/core.ts";
import { isOnStep, lowerStep } from "../store/price-steps.ts";
import type { Settings } from "../store/settings.ts";
import type { Field } from "../wire/codes.ts";
import { CLOSING_CROSS } from "../wire/codes.ts";
import { M_DISPLAY, M_MINIMUM, M_PRICE, M_STOP } from "../wire/record.ts";
import type { Intent } from "./intent.ts";
import { worstPriceOf } from "./worst-price.ts";

type Named = { readonly field: Field; readonly value: number };

/** Whether the numbers of an order are such as the rules of the book allow. */
export function checkNumbers(core: Core, intent: Intent): Rejection | undefined {
  return checkQuantities(core.settings, intent) ?? checkPrices(core, intent) ?? checkValue(core, intent);
}

function checkQuantities(settings: Settings, intent: Intent): Rejection | undefined {
  const { quantity, display, minimum, members } = intent;
  const { quantityStep, minQuantity, maxQuantity, minDisplay } = settings;
  const quantities: Named[] = [{ field: "quantity", value: quantity }];
  if ((members & M_DISPLAY) !== 0) quantities.push({ field: "display", value: display });
  if ((members & M_MINIMUM) !== 0) quantities.push({ field: "minimum", value: minimum });
  for (const { field, value } of quantities) {
    if (value % quantityStep === 0) continue;
    const lower = Math.trunc(value / quantityStep) * quantityStep;
    return { code: "quantity_off_step", limit: Math.max(quantityStep, lower), field };
  }
  if (quantity < minQuantity) return { code: "quantity_too_small", limit: minQuantity, field: "quantity" };
  if ((members & M_MINIMUM) !== 0 && minimum < 1) return { code: "quantity_too_small", limit: 1, field: "minimum" };
  if ((members & M_DISPLAY) !== 0 && display < minDisplay) {
    return { code: "quantity_too_small", limit: minDisplay, field: "display" };
  }
  if (quantity > maxQuantity) return { code: "quantity_too_large", limit: maxQuantity, field: "quantity" };
  const part = quantities.find(({ value }) => value > quantity);
  return part === undefined ? undefined : { code: "quantity_too_large", limit: quantity, field: part.field };
}

function checkPrices(core: Core, intent: Intent): Rejection | undefined {
  const { settings } = core;
  const { price, stopPrice, members } = intent;
  const prices: Named[] = [];
  if ((members & M_PRICE) !== 0) prices.push({ field: "price", value: price });
  if ((members & M_STOP) !== 0) prices.push({ field: "stopPrice", value: stopPrice });
  for (const { field, value } of prices) {
    if (!isOnStep(settings, value)) return { code: "price_off_step", limit: lowerStep(settings, value), field };
  }
  for (const { field, value } of prices) {
    const limit = nearestIn(value, settings.minPrice, settings.maxPrice);
    if (limit !== value) return { code: "price_out_of_range", limit, field };
  }
  if ((members & M_PRICE) === 0) return undefined;
  const limit = nearestIn(price, core.lowest, core.highest);
  if (limit !== price) return { code: "price_outside_band", limit, field: "price" };
  if (core.phase !== CLOSING_CROSS || price === core.reference) return undefined;
  return { code: "price_not_closing_price", limit: core.reference, field: "price" };
}

const nearestIn = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

function checkValue(core: Core, intent: Intent): Rejection | undefined {
  const { maxValue, tickValue } = core.settings;
  if (maxValue === Number.POSITIVE_INFINITY) return undefined;
  const value = worstPriceOf(core, intent) * intent.quantity * tickValue;
  return value > maxValue ? { code: "value_too_large", limit: maxValue } : undefined;
}
