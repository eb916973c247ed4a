import { emptyBook } from "./book.ts";
import { compileRules } from "./compiled-rules.ts";
import { formatOf } from "./formats.ts";
import type { LiveAuction, LiveSetup } from "./live-state.ts";
import { drawnDelay } from "./soft-close.ts";
import { bidOrderOf } from "./ties.ts";

/** A lot that has just opened, without bids. */
export function openAuction(setup: LiveSetup): LiveAuction {
  const format = formatOf(setup.rules.format);
  const rules = compileRules(setup.rules, format);
  return {
    setup,
    rules,
    format,
    before: bidOrderOf(format.sign, { ...setup, tieRule: rules.tieRule }),
    aliases: new Map(setup.bidders.map(({ companyId, alias }) => [companyId, alias])),
    book: emptyBook(),
    clock: {
      ends: setup.endsAt,
      planned: setup.endsAt,
      pausedAt: null,
      endedAt: null,
      extensions: 0,
      delay: drawnDelay(rules.softClose, setup),
    },
    revision: 0,
  };
}
