import { LIMIT, PEGGED, STOP, STOP_LIMIT, TRAILING } from "../wire/codes.ts";
import { kindOf, TIF_MASK, TIF_SHIFT } from "../wire/traits.ts";

/** An order as a command asks for it: new, or as a live one would become. Absent numbers are 0, absent prices -1. */
export class Intent {
  /** The live order that it changes or replaces; 0 for a new one. */
  subject = 0;
  isAmendment = false;
  number = 0;
  account = 0;
  group = 0;
  session = 0;
  traits = 0;
  /** Which members were given, as the record's. */
  members = 0;
  price = 0;
  quantity = 0;
  /** Of the quantity, what has traded. */
  filled = 0;
  stopPrice = 0;
  distance = 0;
  step = 0;
  display = 0;
  minimum = 0;
  link = 0;
  expiresAt = 0;

  get kind(): number {
    return kindOf(this.traits);
  }

  get tif(): number {
    return (this.traits & TIF_MASK) >> TIF_SHIFT;
  }

  get isStop(): boolean {
    const { kind } = this;
    return kind === STOP || kind === STOP_LIMIT || kind === TRAILING;
  }

  get takesPrice(): boolean {
    const { kind } = this;
    return kind === LIMIT || kind === STOP_LIMIT || kind === PEGGED;
  }
}
