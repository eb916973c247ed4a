import type { Engine } from "@kontor/kernel";
import { reject } from "@kontor/kernel";
import type { TenderCommand, TenderEvent, TenderRejection } from "@kontor/protocol";
import type { TenderState } from "./state.ts";

/** The tender procedure with the live auctions of its lots; one shard is one tender. */
export const tenderEngine: Engine<TenderState, TenderCommand, TenderEvent, TenderRejection> = {
  mechanism: "tender",
  schemaVersion: 1,
  create: () => ({ tender: null }),
  decide: () => reject({ code: "tender_not_found" }),
  evolve: (state) => state,
  reply: () => ({}),
  wakeAt: () => null,
  tick: () => ({ type: "advance_time" }),
  outage: (from, to) => ({ type: "report_outage", from, to }),
  isFinished: () => false,
  streamsOf: () => [],
  views: () => null,
  encode: () => ({}),
  decode: () => ({ tender: null }),
};
