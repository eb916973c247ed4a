import type { TenderRow } from "@kontor/db";
import type { JsonObject } from "@kontor/kernel";
import type { NoticeKind } from "@kontor/protocol";
import type { Fact, Records } from "./records.ts";

/** One message to several companies; `data` is what its kind tells beside tender and lot. */
export type Message = {
  readonly kind: NoticeKind;
  readonly to: Iterable<string>;
  readonly lotId?: string;
  readonly data?: JsonObject;
};

/** What a message is made of: the tender it is about and the records as they are after the event. */
export type Occasion = { readonly records: Records; readonly tender: TenderRow; readonly fact: Fact };

/** Companies that the tender still concerns, by id, so that the order of notices does not hang on what was read how. */
export function suppliersOf({ suppliers }: Records): string[] {
  return [...suppliers.all()]
    .filter(({ state }) => state !== "refused" && state !== "excluded")
    .map(({ companyId }) => companyId)
    .sort();
}

/** Those that were admitted and have not been excluded since. */
export function admittedTo({ suppliers }: Records): string[] {
  return [...suppliers.all()]
    .filter(({ state }) => state === "admitted")
    .map(({ companyId }) => companyId)
    .sort();
}
