import type { ExchangePersonCommandInput, Problem } from "@kontor/protocol";
import type { ClientClock, CommandOutcome } from "@kontor/sdk";

/** So long an answer is waited for before it is asked for over HTTP and the user is told. */
export const unknownAfterMs = 2_000;
/** A command that arrives later than this after the press is refused: nobody means it any more. */
const meantForMs = 10_000;

/**
 * Where a command is. `unknown`: nobody has answered yet, it is being asked for under the same key; `undecided`: asking
 * has ended without an answer, and may be begun again under that key.
 */
export type Flight =
  | { readonly state: "sending" | "unknown" | "undecided"; readonly key: string }
  | {
      readonly state: "accepted";
      readonly key: string;
      readonly at: string;
      readonly result: Readonly<Record<string, unknown>>;
    }
  | { readonly state: "rejected"; readonly key: string; readonly problem: Problem };

type Send = (
  command: ExchangePersonCommandInput,
  options: { readonly key: string; readonly validUntil: string },
) => Promise<CommandOutcome>;

export type FlightWays = {
  /** Over the live connection, which comes first. */
  readonly live: Send;
  readonly http: Send;
  readonly clock: ClientClock;
  /** The server's time in milliseconds. */
  readonly serverNow: () => number;
};

/**
 * Sends one command over the socket, and asks for it over HTTP by the same key when no answer comes. Whichever answers
 * definitely first is the outcome: both are about the one command of this key.
 */
export function fly(
  ways: FlightWays,
  { command, key }: { readonly command: ExchangePersonCommandInput; readonly key: string },
  tell: (flight: Flight) => void,
): Promise<Flight> {
  const how = { key, validUntil: new Date(ways.serverNow() + meantForMs).toISOString() };
  tell({ state: "sending", key });
  return new Promise((resolve) => {
    let waiting = 1;
    let over = false;
    const settle = (flight: Flight): void => {
      over = true;
      stopTimer();
      tell(flight);
      resolve(flight);
    };
    const hear = (outcome: CommandOutcome): void => {
      waiting -= 1;
      if (over) return;
      const flight = flightOf(key, outcome);
      if (flight.state !== "undecided" || waiting === 0) settle(flight);
    };
    const stopTimer = ways.clock.after(unknownAfterMs, () => {
      waiting += 1;
      tell({ state: "unknown", key });
      void ways.http(command, how).then(hear);
    });
    void ways.live(command, how).then(hear);
  });
}

/** No decision was made: the command may have arrived or not. */
function flightOf(key: string, outcome: CommandOutcome): Flight {
  if (outcome.ok) {
    const { at, result } = outcome.receipt;
    return { state: "accepted", key, at, result };
  }
  const { problem } = outcome;
  return problem.code === "outcome_unknown" ? { state: "undecided", key } : { state: "rejected", key, problem };
}

/**
 * The key of what is in the ticket: made when the ticket is edited, not when it is sent, so that a second press, or a
 * press after a lost answer, is about the same order. Editing makes another; so does what has come to an end.
 */
export class DraftKey {
  readonly #make: () => string;
  #content: string | null = null;
  #key: string;

  constructor(make: () => string) {
    this.#make = make;
    this.#key = make();
  }

  of(content: string): string {
    if (this.#content !== null && this.#content !== content) this.#key = this.#make();
    this.#content = content;
    return this.#key;
  }

  /** After a decision: the same content again is another order. */
  renew(): void {
    this.#key = this.#make();
  }
}
