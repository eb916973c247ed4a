import type { Micros } from "@kontor/kernel";
import { laterBy, limits, microsOfMs, sha256Hex } from "@kontor/kernel";
import type { SoftClose } from "@kontor/protocol";
import type { Move } from "./standings.ts";

/** Announced end, and the one without what bids have added; the cap counts from the latter. */
export type Ends = { readonly ends: Micros; readonly planned: Micros };

/** How far beyond the planned end bids may move the end; rules that set no cap have that of the limits. */
export function capMsOf({ capMs }: Pick<SoftClose, "capMs">): number {
  return capMs ?? limits.softCloseCapMs;
}

/** The end that a triggering bid at `at` leads to: never before the present one, never beyond the cap. */
export function extendedEnd(rule: SoftClose, { ends, planned }: Ends, at: Micros): Micros {
  const wished = wishedEnd(rule, ends, at);
  return Math.max(ends, Math.min(wished, laterBy(planned, capMsOf(rule))));
}

function wishedEnd(rule: SoftClose, ends: Micros, at: Micros): Micros {
  const inWindow = ends - at < microsOfMs(rule.windowMs);
  switch (rule.variant) {
    case "none":
    case "random_end":
      return ends;
    case "extend_from_bid":
    case "restart":
      return laterBy(at, rule.extensionMs);
    case "reset_in_window":
      return inWindow ? laterBy(at, rule.extensionMs) : ends;
    case "fixed_add":
      return inWindow ? laterBy(ends, rule.extensionMs) : ends;
  }
}

/** What an accepted bid changed; `moved` is false for a proxy's new maximum that left the price as it was. */
export type Effect = Move & { readonly moved: boolean };

export function triggers(rule: SoftClose, { from, to, moved }: Effect): boolean {
  switch (rule.trigger) {
    case "any_bid":
      return moved;
    case "leader_change":
      return to === 0 && from !== 0;
    case "top_change":
      return from !== to && to < rule.topCount;
  }
}

const digestRange = 1n << 256n;

/** Microseconds that a random end lies beyond the announced one: uniform from 0 to the extension, both included. */
export function drawnDelay(rule: SoftClose, draw: { readonly secret: string; readonly lotId: string }): Micros {
  if (rule.variant !== "random_end") return 0;
  const longest = Math.min(rule.extensionMs, capMsOf(rule));
  const choices = BigInt(microsOfMs(longest)) + 1n;
  const digest = BigInt(`0x${sha256Hex(`${draw.secret}:${draw.lotId}:end`)}`);
  return Number((digest * choices) / digestRange);
}
