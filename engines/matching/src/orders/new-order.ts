import { hold } from "../matching/holds.ts";
import type { Core } from "../store/core.ts";
import { joinLink } from "../store/link-rings.ts";
import { E_ORDER } from "../wire/event-ring.ts";
import { ACCEPTED, REJECTED } from "../wire/event-types.ts";
import { checkOrder } from "./checks.ts";
import { enter } from "./entering.ts";
import type { Intent } from "./intent.ts";
import { readIntent, writeOrder } from "./intentions.ts";
import { sayRejected } from "./rejecting.ts";

/** `new`, with all that can be asked of an order. */
export function addOrder(core: Core, record: Int32Array, offset: number): void {
  const intent = readIntent(core, record, offset);
  const rejection = checkOrder(core, intent);
  if (rejection !== undefined) return sayRejected(core, { type: REJECTED, number: intent.number }, rejection);
  sayAccepted(core, intent.number);
  admit(core, intent);
}

function sayAccepted(core: Core, number: number): void {
  const at = core.ring.add(ACCEPTED);
  core.ring.words[at + E_ORDER] = number;
}

/** Makes an order of an intent that has passed all checks, and lets it enter. */
export function admit(core: Core, intent: Intent): void {
  const order = core.pool.take();
  writeOrder(core, order, intent);
  if (intent.link !== 0) joinLink(core, order, intent.link);
  hold(core, order);
  enter(core, order);
}
