import type { Engine } from "@kontor/kernel";
import type { ExchangeCommand, ExchangeEvent, ExchangeRejection } from "@kontor/protocol";
import { wakeAt } from "./by-itself.ts";
import { decide } from "./decide.ts";
import { decode, encode } from "./encoding.ts";
import { evolve } from "./evolve.ts";
import { isFinished } from "./lifecycle.ts";
import { reply } from "./reply.ts";
import type { ExchangeState } from "./state.ts";
import { createState } from "./state.ts";
import { patchesOf, streamsOf, viewsOf } from "./views.ts";

/** A book with its instrument and the companies that trade in it; one shard is one instrument. SPEC.md describes it. */
export const exchangeEngine: Engine<ExchangeState, ExchangeCommand, ExchangeEvent, ExchangeRejection> = {
  mechanism: "exchange",
  schemaVersion: 1,
  unrecorded: new Set<ExchangeRejection["code"]>(["instrument_not_found", "instrument_exists"]),
  create: createState,
  decide,
  evolve,
  reply,
  wakeAt,
  tick: () => ({ type: "advance_time" }),
  outage: (from, to) => ({ type: "report_outage", from, to }),
  isFinished,
  streamsOf,
  views: viewsOf,
  patches: patchesOf,
  encode,
  decode,
};
