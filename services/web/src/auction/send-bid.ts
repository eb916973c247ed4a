import type { PersonCommandInput } from "@kontor/protocol";
import type { CommandOutcome, SendCommand } from "@kontor/sdk";

export type BidCarrier = {
  readonly overSocket: SendCommand;
  readonly overHttp: SendCommand;
  /** Resolves after so many milliseconds, or when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
};

export type BidParcel = {
  readonly lotId: string;
  /** Decimal. */
  readonly price: string;
  readonly key: string;
  /** Instant after which the server takes it no more. */
  readonly validUntil: string;
  /** No answer came in time: from here on it is asked for over HTTP by the same key. */
  readonly onSilence: () => void;
  readonly signal: AbortSignal;
};

/** Without an answer within this, the bid is asked for over HTTP. */
const answerMs = 2_000;
const askAgainMs = 1_000;
/** How long a bid may be under way before the server refuses it as stale. */
export const validForMs = 10_000;

/**
 * Sends one bid until it is decided, always under its key, so that it counts at most once. Without a decision it goes on
 * asking until the signal ends it; only then is the outcome `outcome_unknown`.
 */
export async function sendBid(carrier: BidCarrier, parcel: BidParcel): Promise<CommandOutcome> {
  const { lotId, price, key, validUntil, signal } = parcel;
  const command: PersonCommandInput = { type: "submit_bid", lotId, price };
  const options = { key, validUntil, signal };
  const overSocket = carrier.overSocket(command, options);
  const first = await Promise.race([overSocket, carrier.wait(answerMs, signal).then(() => null)]);
  if (first !== null && isDecided(first)) return first;
  parcel.onSilence();
  return await Promise.any([decided(overSocket), askUntilDecided(carrier, parcel)]);
}

/** Asks what became of a bid that was sent before, say before the page was loaded anew. */
export async function askUntilDecided(carrier: BidCarrier, parcel: BidParcel): Promise<CommandOutcome> {
  const { lotId, price, key, validUntil, signal } = parcel;
  const command: PersonCommandInput = { type: "submit_bid", lotId, price };
  for (;;) {
    const outcome = await carrier.overHttp(command, { key, validUntil, signal });
    if (isDecided(outcome) || signal.aborted) return outcome;
    await carrier.wait(askAgainMs, signal);
  }
}

/** Whoever was not reached, or could not say, has not decided. */
function isDecided(outcome: CommandOutcome): boolean {
  if (outcome.ok) return true;
  const { status, code } = outcome.problem;
  return status < 500 && code !== "rate_limited" && code !== "in_progress";
}

async function decided(outcome: Promise<CommandOutcome>): Promise<CommandOutcome> {
  const settled = await outcome;
  if (!isDecided(settled)) throw new Error("not decided");
  return settled;
}
