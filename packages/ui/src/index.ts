export type { Announcement, AnnouncerState, AnnouncerStep, Notice } from "./announce/announcer.ts";
export {
  clockThresholdsMs,
  flush,
  flushInMs,
  notice,
  politeEveryMs,
  silentAnnouncer,
  thresholdPassed,
} from "./announce/announcer.ts";
export { currencyDecimals, currencySign } from "./money/currency.ts";
export type { AmountPart, FormatOptions } from "./money/format-amount.ts";
export { amountParts, formatAmount, signOfDecimal } from "./money/format-amount.ts";
export type { AmountFault, ParsedAmount, ParseOptions } from "./money/parse-amount.ts";
export { parseAmount } from "./money/parse-amount.ts";
export type { CountdownFace, CountdownTone } from "./time/countdown.ts";
export { countdownFace, localDigits, nextFaceInMs } from "./time/countdown.ts";
export type { DateStyle, ZonedTime } from "./time/instants.ts";
export {
  bothZones,
  formatDate,
  formatTime,
  gregorianDate,
  offsetOf,
  relativeTime,
  zonedTime,
} from "./time/instants.ts";
