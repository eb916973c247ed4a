export type { Standalone, StandaloneOptions } from "./create-standalone.ts";
export { createStandalone } from "./create-standalone.ts";
export { recordSets } from "./replay/record-sets.ts";
export type { RecordedAuction, RecordedEnd, RecordSet } from "./replay/recorded-auction.ts";
export type { ReplayOptions, ReplayOutcome } from "./replay/run-replay.ts";
export { runReplay } from "./replay/run-replay.ts";
export type { StandaloneConfig } from "./settings.ts";
export { parseStandaloneConfig } from "./settings.ts";
export { StartError } from "./start-error.ts";
