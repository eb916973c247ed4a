import type { CancelReason } from "@kontor/protocol";
import { beforeAll, describe, expect, test } from "vitest";
import type { Command } from "../src/commands.ts";
import type { BookEvent } from "../src/events.ts";
import { rejectionCodes } from "../src/rejections.ts";
import { createCommandStream } from "./command-stream.ts";
import { createNaiveBook } from "./naive/naive-book.ts";

const eventTypes: Readonly<Record<BookEvent["type"], true>> = {
  accepted: true,
  rejected: true,
  cancel_rejected: true,
  amend_rejected: true,
  command_rejected: true,
  trade: true,
  prevented: true,
  transferred: true,
  reduced: true,
  cancelled: true,
  amended: true,
  replaced: true,
  triggered: true,
  trailed: true,
  refilled: true,
  repriced: true,
  parked: true,
  unparked: true,
  mass_cancelled: true,
  blocked: true,
  unblocked: true,
  phase: true,
  indicative: true,
  auction: true,
  fill: true,
  extended: true,
  bands_changed: true,
  reference_changed: true,
  busted: true,
  corrected: true,
  allocated: true,
};

const cancelReasons: Readonly<Record<CancelReason, true>> = {
  user: true,
  amend: true,
  ioc: true,
  fok: true,
  minimum: true,
  no_liquidity: true,
  expired: true,
  self_trade: true,
  linked: true,
  mass_cancel: true,
  auction_end: true,
  interruption: true,
  outside_band: true,
};

function commandsOf(seed: number, seen: (command: Command, events: readonly BookEvent[]) => void): void {
  const stream = createCommandStream(seed);
  const book = createNaiveBook(stream.config);
  for (let count = 0; count < 250; count += 1) {
    const command = stream.next(book);
    seen(command, book.submit(command));
  }
}

describe("generated commands", () => {
  const types = new Set<string>();
  const reasons = new Set<string>();
  const codes = new Set<string>();

  beforeAll(() => {
    for (let seed = 1; seed <= 150; seed += 1) {
      commandsOf(seed, (_, events) => {
        for (const event of events) {
          types.add(event.type);
          if (event.type === "cancelled") reasons.add(event.reason);
          if ("code" in event) codes.add(event.code);
        }
      });
    }
  });

  test("make every event", () => {
    expect([...types].sort()).toEqual(Object.keys(eventTypes).sort());
  });

  test("cancel for every reason", () => {
    expect([...reasons].sort()).toEqual(Object.keys(cancelReasons).sort());
  });

  test("meet every rejection", () => {
    expect([...codes].sort()).toEqual([...rejectionCodes].sort());
  });

  test("are the same for the same seed", () => {
    const trace = (seed: number): string => {
      const commands: Command[] = [];
      commandsOf(seed, (command) => commands.push(command));
      return JSON.stringify(commands);
    };
    expect(trace(3)).toBe(trace(3));
    expect(trace(3)).not.toBe(trace(4));
  });
});
