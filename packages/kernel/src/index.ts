export type { Actor } from "./actor.ts";
export { systemActor } from "./actor.ts";
export { canonicalJson } from "./canonical.ts";
export { crc32 } from "./crc32.ts";
export type { DecimalFault } from "./decimal.ts";
export { decimalPattern, formatDecimal, parseDecimal } from "./decimal.ts";
export type { Decision, Engine, Input, Json, JsonObject, Shortcut, StreamPatches, StreamViews } from "./engine.ts";
export { accept, reject } from "./engine.ts";
export type { FaultCode } from "./fault.ts";
export { Fault, faults } from "./fault.ts";
export { isUuid, partIdOf, shardIn, shardOfPart } from "./ids.ts";
export {
  instantOfMicros,
  lastInstant,
  laterBy,
  microsOfInstant,
  microsOfWritten,
  withinInstants,
} from "./instants.ts";
export { invariant, unreachable } from "./invariant.ts";
export { jsonBytesOf } from "./json-bytes.ts";
export type { FormedText, JsonForm } from "./json-form.ts";
export { putTogether, takeApart, valuesIn } from "./json-form.ts";
export { limits } from "./limits.ts";
export { dayOfDate, instantOfLocal, isTimeZone, localDayOf, weekdayOf } from "./local-time.ts";
export { applyMergePatch, mergePatchOf } from "./merge-patch.ts";
export { PatchSeries } from "./patch-series.ts";
export { PatchedValue } from "./patched-value.ts";
export { ceilDivide, floorDivide, roundDivide } from "./rational.ts";
export { sha256Hex } from "./sha256.ts";
export type { Clock, Micros } from "./time.ts";
export { microsOfMs, microsPerMs, msOfMicros } from "./time.ts";
