import { instantOfMicros } from "@kontor/kernel";
import type { InstrumentTermsInput } from "@kontor/protocol";
import { exchangeEngine } from "../../src/index.ts";
import type { Pit } from "./pit.ts";

export const paris: NonNullable<InstrumentTermsInput["timetable"]> = {
  timeZone: "Europe/Paris",
  holidays: ["2031-03-05"],
  steps: [
    { at: "08:00", phase: "pre_open" },
    { at: "08:50", phase: "auction", purpose: "opening" },
    { at: "09:00", phase: "continuous" },
    { at: "17:30", phase: "auction", purpose: "closing" },
    { at: "17:35", phase: "closing_cross" },
    { at: "17:40", phase: "closed" },
  ],
};

/** One line each for what the market did: when, and the phase with its purpose, or the event. */
export function marketDays(place: Pit, from = 0): string[] {
  return place.facts().flatMap(({ at, event }) => {
    if (at < from) return [];
    const time = instantOfMicros(at).slice(0, 19).replace("T", " ");
    if (event.type === "auction_held") return [`${time} uncrossed ${event.quantity} at ${event.price ?? "no price"}`];
    if (event.type === "auction_extended") return [`${time} extended ${event.cause}`];
    if (event.type !== "market_phase_changed") return [];
    const { phase, purpose, cause } = event;
    return [[time, phase, purpose, cause && `for ${cause}`].filter(Boolean).join(" ")];
  });
}

/** The facts alone, and a snapshot taken now, give the very state that is here. */
export function recovered(place: Pit): { readonly live: object; readonly replayed: object; readonly restored: object } {
  let replayed = exchangeEngine.create();
  for (const { event, at } of place.facts()) replayed = exchangeEngine.evolve(replayed, event, at);
  const live = exchangeEngine.encode(place.state());
  const restored = exchangeEngine.decode(JSON.parse(JSON.stringify(live)));
  return { live, replayed: exchangeEngine.encode(replayed), restored: exchangeEngine.encode(restored) };
}
