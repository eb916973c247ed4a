import { instantOfMicros } from "@kontor/kernel";
import type { ExchangeRejection } from "@kontor/protocol";
import type { Rejection } from "../events.ts";
import type { Units } from "./units.ts";
import { writtenOf } from "./units.ts";

/** Which of an instrument's units the limit of a code is in. */
const limitUnits: Partial<Record<Rejection["code"], keyof Units | "instant">> = {
  expiry_passed: "instant",
  quantity_off_step: "quantity",
  quantity_too_small: "quantity",
  quantity_too_large: "quantity",
  price_off_step: "price",
  price_out_of_range: "price",
  price_outside_band: "price",
  price_not_closing_price: "price",
  value_too_large: "money",
  stop_already_triggered: "price",
  linked_prices_invalid: "price",
  call_quantity_exceeded: "quantity",
  post_only_would_trade: "price",
  insufficient_funds: "money",
  insufficient_goods: "quantity",
};

/** A book's refusal in the instrument's own units. */
export function rejectionOf(units: Units, { code, limit, field }: Rejection): ExchangeRejection {
  const pointer = field === undefined ? {} : { pointer: `/${field}` };
  if (limit === undefined) return { code, ...pointer };
  const unit = limitUnits[code];
  if (unit === undefined) return { code, ...pointer, limit };
  return { code, ...pointer, limit: unit === "instant" ? instantOfMicros(limit) : writtenOf(limit, units[unit]) };
}
