import type { Rejection } from "../events.ts";
import { rejectionCodes } from "../rejections.ts";
import type { Core } from "../store/core.ts";
import { fields } from "../wire/codes.ts";
import { E_ORDER, E_OTHER, E_PRICE, E_SIDE, N_FIRST } from "../wire/event-ring.ts";
import { COMMAND_REJECTED } from "../wire/event-types.ts";

/* For V8, see SPEC.md. */
const [ORDER, OTHER, SIDE, PRICE, FIRST] = [E_ORDER, E_OTHER, E_SIDE, E_PRICE, N_FIRST];
const UNKNOWN_ORDER = rejectionCodes.indexOf("unknown_order");

/** The answer to a command about an order that is not live, or another account's. */
export function sayUnknownOrder(core: Core, type: number, number: number): void {
  const at = core.ring.add(type);
  const { words, numbers } = core.ring;
  words[at + ORDER] = number;
  words[at + OTHER] = UNKNOWN_ORDER;
  words[at + SIDE] = -1;
  words[at + PRICE] = 0;
  numbers[(at >> 1) + FIRST] = 0;
}

export type Refused = { readonly type: number; readonly number: number };

export function sayRejected(core: Core, { type, number }: Refused, rejection: Rejection): void {
  const { code, field, limit } = rejection;
  const at = core.ring.add(type);
  const { words, numbers } = core.ring;
  words[at + E_ORDER] = number;
  words[at + E_OTHER] = rejectionCodes.indexOf(code);
  words[at + E_SIDE] = field === undefined ? -1 : (fields as readonly string[]).indexOf(field);
  words[at + E_PRICE] = limit === undefined ? 0 : 1;
  numbers[(at >> 1) + N_FIRST] = limit ?? 0;
}

/** The answer to a command that is about no order. */
export function sayCommandRejected(core: Core, rejection: Rejection): void {
  sayRejected(core, { type: COMMAND_REJECTED, number: 0 }, rejection);
}
