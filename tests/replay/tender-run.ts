import { tenderEngine } from "@kontor/auction";
import type { Actor, Decision, Input, Micros } from "@kontor/kernel";
import { instantOfMicros, systemActor } from "@kontor/kernel";
import type {
  LotRulesInput,
  TenderCommand,
  TenderEvent,
  TenderPersonCommandInput,
  TenderRejection,
  TenderTermsInput,
} from "@kontor/protocol";
import { TenderPersonCommandSchema } from "@kontor/protocol";

const marketplaceId = "records";
export const ownerId = "owner";
const tenderId = "00000000-0000-4000-8000-000000000001";
export const day = 86_400_000_000;

export function lotIdOf(number: number): string {
  return `${tenderId}-${number}`;
}

function actorOf(companyId: string): Actor {
  return { kind: "member", userId: `user-${companyId}`, companyId, marketplaceId };
}

/** One tender on the bare engine, with the host's duty of submitting due timers before a command. */
export class TenderRun {
  state = tenderEngine.create();
  readonly events: { readonly at: Micros; readonly event: TenderEvent }[] = [];
  #now: Micros;
  #entropy: string | null = "5a".repeat(32);

  constructor(start: Micros) {
    this.#now = start;
  }

  /** Submits a person's command; due timers come first, as in the host. */
  submit(command: TenderPersonCommandInput, companyId: string, at: Micros): Decision<TenderEvent, TenderRejection> {
    this.advanceTo(at);
    return this.#decide(TenderPersonCommandSchema.parse(command), actorOf(companyId), at);
  }

  /** Like `submit`, for a command that the record says was taken. */
  accept(command: TenderPersonCommandInput, companyId: string, at: Micros): readonly TenderEvent[] {
    const decision = this.submit(command, companyId, at);
    if (decision.kind === "accepted") return decision.events;
    throw new Error(`${JSON.stringify(command)} was refused: ${JSON.stringify(decision.rejection)}`);
  }

  /** Fires every timer due until `at`. */
  advanceTo(at: Micros): void {
    for (let guard = 0; guard < 10_000; guard++) {
      const due = tenderEngine.wakeAt(this.state);
      if (due === null || due > at) return;
      const stamp = Math.max(due, this.#now);
      const decision = this.#decide(tenderEngine.tick(), systemActor, stamp);
      if (decision.kind === "rejected")
        throw new Error(`a due timer was refused: ${JSON.stringify(decision.rejection)}`);
    }
    throw new Error("timers never end");
  }

  all<Type extends TenderEvent["type"]>(type: Type): readonly Extract<TenderEvent, { type: Type }>[] {
    return this.events
      .map(({ event }) => event)
      .filter((event): event is Extract<TenderEvent, { type: Type }> => event.type === type);
  }

  #decide(command: TenderCommand, actor: Actor, at: Micros): Decision<TenderEvent, TenderRejection> {
    this.#now = at;
    const input: Input<TenderCommand> = { command, at, actor, entropy: this.#entropy };
    this.#entropy = null;
    const decision = tenderEngine.decide(this.state, input);
    if (decision.kind === "accepted") {
      for (const event of decision.events) {
        this.state = tenderEngine.evolve(this.state, event, at);
        this.events.push({ at, event });
      }
    }
    return decision;
  }
}

export type SealedLot = { readonly rules: LotRulesInput };

/** Rules of a sealed lot decided by the lowest price. */
export function sealedRules(
  over: Partial<LotRulesInput> & Pick<LotRulesInput, "currency" | "priceScale">,
): LotRulesInput {
  return {
    format: "sealed",
    stepMin: { kind: "absolute", amount: "1" },
    durationMs: 0,
    softClose: { variant: "none" },
    visibility: "sealed",
    ...over,
  };
}

/** An invited tender without live part: sealed prices, opening, evaluation, award. */
export function sealedTerms(
  direction: "buy" | "sell",
  lots: readonly SealedLot[],
  submissionsUntil: Micros,
): TenderTermsInput {
  return {
    title: "Recorded sealed tender",
    direction,
    currency: lots[0]?.rules.currency ?? "USD",
    procedure: {
      admission: { mode: "open", approval: "automatic" },
      initialPrices: "required",
      liveAuction: false,
      schedule: { mode: "parallel", gapMs: 0 },
      standstillMs: 0,
    },
    calendar: { submissionsUntil: instantOfMicros(submissionsUntil) },
    lots: lots.map(({ rules }, index) => ({ title: `Lot ${index + 1}`, quantity: { value: "1", unit: "C62" }, rules })),
  };
}

/** A published tender whose bidders are admitted, ready for prices. */
export function publishedTender(terms: TenderTermsInput, bidders: readonly string[], at: Micros): TenderRun {
  const run = new TenderRun(at);
  run.accept({ type: "create_tender", marketplaceId, tenderId, terms }, ownerId, at);
  run.accept({ type: "publish_tender", tenderId, expectedVersion: 1 }, ownerId, at + 1);
  bidders.forEach((bidder, index) => {
    run.accept({ type: "request_admission", tenderId }, bidder, at + 2 + index);
  });
  return run;
}
