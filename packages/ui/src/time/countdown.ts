export type CountdownTone = "calm" | "notice" | "warning" | "urgent" | "over";

/** `text` is digits and colons, to be shown left to right; `days` stand before it when there are any. */
export type CountdownFace = { readonly days: number; readonly text: string; readonly tone: CountdownTone };

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** What a clock shows that has `remainingMs` left. It never shows more time than there is. */
export function countdownFace(remainingMs: number): CountdownFace {
  const left = Math.max(0, remainingMs);
  const tone = toneOf(left);
  if (left < minuteMs) return { days: 0, text: tenths(left), tone };
  const seconds = Math.floor((left % dayMs) / 1000);
  const two = (value: number): string => String(value).padStart(2, "0");
  const text = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return { days: Math.floor(left / dayMs), text, tone };
}

function tenths(left: number): string {
  const count = Math.floor(left / 100);
  return `${String(Math.floor(count / 10)).padStart(2, "0")}.${count % 10}`;
}

function toneOf(left: number): CountdownTone {
  if (left === 0) return "over";
  if (left <= 30_000) return "urgent";
  if (left <= 2 * minuteMs) return "warning";
  return left <= 10 * minuteMs ? "notice" : "calm";
}

/** Until the face changes next: what a timer waits for. */
export function nextFaceInMs(remainingMs: number): number {
  if (remainingMs <= 0) return Number.POSITIVE_INFINITY;
  const grain = remainingMs <= minuteMs ? 100 : 1000;
  return (remainingMs % grain) + 1;
}

/** The same text in the digits of a language. */
export function localDigits(text: string, locale: string): string {
  const format = new Intl.NumberFormat(locale, { useGrouping: false });
  return text.replace(/\d/g, (digit) => format.format(Number(digit)));
}
