import type { Decision } from "@kontor/kernel";
import { invariant } from "@kontor/kernel";
import type { ExchangeCommand, ExchangeEvent, ExchangeRejection } from "@kontor/protocol";
import { readEvents } from "../book.ts";
import type { Command, Phase } from "../commands.ts";
import type { BookEvent, Rejection } from "../events.ts";
import { Teller } from "./facts.ts";
import type { Instrument, KnownOrder, PhaseCause } from "./state.ts";

export type ExchangeDecision = Decision<ExchangeEvent, ExchangeRejection>;

export type AskingOptions = {
  readonly instrument: Instrument;
  readonly command?: ExchangeCommand;
  readonly userId?: string;
  /** The order that the command would make. */
  readonly maker?: KnownOrder | null;
  /** Who trades here for the first time. */
  readonly newcomer?: string | null;
};

/** The book took trading away by itself. */
export type Interruption = {
  readonly cause: "volatility" | "circuit_breaker";
  readonly from: Phase;
  readonly resumesAt: number | undefined;
};

type Refusal = Extract<BookEvent, { code: unknown }>;
type Extension = Extract<BookEvent, { type: "extended" }>["reason"];

/**
 * Asks the book for one entry of the journal, which is then ahead of the facts until `evolve` has heard of them. What
 * it refuses leaves it as it was, so the first question decides whether the entry is a rejection; those that follow are
 * such as the book cannot refuse, or have another in their place.
 */
export class Asking {
  readonly facts: ExchangeEvent[] = [];
  /** How the last question ended. */
  interruption: Interruption | null = null;
  extension: Extension | null = null;
  readonly #instrument: Instrument;
  readonly #options: AskingOptions;
  readonly #known: Instrument;

  constructor(options: AskingOptions) {
    const { instrument, newcomer = null } = options;
    invariant(instrument.asked === instrument.moved, "every fact was taken in before the next command");
    this.#instrument = instrument;
    this.#options = options;
    this.#known = newcomer === null ? instrument : { ...instrument, companies: [...instrument.companies, newcomer] };
    if (newcomer !== null) {
      const { instrumentId, companies } = instrument;
      this.facts.push({ type: "account_opened", instrumentId, companyId: newcomer, account: companies.length + 1 });
    }
  }

  /** Null when it was done; then its facts have been added, with the cause for what phases it brought. */
  ask(question: Command, cause: PhaseCause | null = null): Rejection | null {
    const instrument = this.#instrument;
    const { book, instrumentId } = instrument;
    let phase = book.phase;
    book.submit(question);
    const happened = readEvents(book);
    const refused = happened.find(isRefusal);
    if (refused !== undefined) return refused;
    instrument.asked += 1;
    instrument.data.touched.note(instrument.asked, book.ring); // An entry may ask more than once, the ring has the last.
    this.interruption = null;
    this.extension = null;
    this.facts.push({ type: "book_moved", instrumentId, number: instrument.asked, command: question });
    const { command = null, userId = "", maker = null } = this.#options;
    const teller = new Teller({ instrument: this.#known, command, userId, maker, cause });
    for (const event of happened) {
      if (isRefusal(event) || event.type === "indicative") continue;
      this.facts.push(teller.fact(event));
      if (event.type === "extended") this.extension = event.reason;
      if (event.type !== "phase") continue;
      const { reason, resumesAt } = event;
      this.interruption = reason === undefined ? null : { cause: reason, from: phase, resumesAt };
      phase = event.phase;
    }
    return null;
  }
}

function isRefusal(event: BookEvent): event is Refusal {
  return "code" in event;
}
