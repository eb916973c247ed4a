import type { Engine } from "@kontor/kernel";
import type { TenderCommand, TenderEvent, TenderRejection } from "@kontor/protocol";
import { shortcut } from "./bid-shortcut.ts";
import { decide } from "./decide.ts";
import { wakeOf } from "./due.ts";
import { decode, encode } from "./encoding.ts";
import { evolve } from "./evolve.ts";
import { reply } from "./reply.ts";
import type { TenderState } from "./state.ts";
import { createState, isOver } from "./state.ts";
import { streamsOf, viewsOf } from "./views.ts";

/** The tender procedure with the live auctions of its lots; one shard is one tender. SPEC.md describes it. */
export const tenderEngine: Engine<TenderState, TenderCommand, TenderEvent, TenderRejection> = {
  mechanism: "tender",
  schemaVersion: 2,
  unrecorded: new Set<TenderRejection["code"]>(["tender_not_found", "tender_exists"]),
  create: createState,
  decide,
  evolve,
  shortcut,
  reply,
  wakeAt: ({ tender }) => (tender === null ? null : wakeOf(tender)),
  tick: () => ({ type: "advance_time" }),
  outage: (from, to) => ({ type: "report_outage", from, to }),
  isFinished: ({ tender }) => tender !== null && isOver(tender),
  streamsOf,
  views: viewsOf,
  encode,
  decode,
};
