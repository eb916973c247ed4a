import type { Actor, Decision, Micros } from "@kontor/kernel";
import type { TenderCommandOf, TenderCommandType, TenderEvent, TenderRejection } from "@kontor/protocol";
import type { Lot, Tender } from "./state.ts";

export type TenderDecision = Decision<TenderEvent, TenderRejection>;
/** Why not; null when nothing speaks against it. Refusals are asked in the order of their codes' precedence. */
export type Refusal = TenderRejection | null;

/** Commands that name a lot. */
export type LotCommandType = {
  [Type in TenderCommandType]: TenderCommandOf<Type> extends { lotId: string } ? Type : never;
}[TenderCommandType];

/** One command on a tender that its sender may know of. */
export type TenderCall<Type extends TenderCommandType = TenderCommandType> = {
  readonly tender: Tender;
  readonly command: TenderCommandOf<Type>;
  readonly actor: Actor;
  readonly at: Micros;
};

export type LotCall<Type extends LotCommandType = LotCommandType> = TenderCall<Type> & { readonly lot: Lot };
