import type { CommandReceipt, Problem, TenderPersonCommandInput } from "@kontor/protocol";
import type { CommandOutcome, Kontor, LiveClient } from "@kontor/sdk";
import { newId } from "@kontor/sdk";
import { startPrice } from "./market.ts";
import type { Random } from "./random.ts";

export type Channel = "socket" | "http";

/** What a client was told for good about one of its keys. */
export type DefiniteAnswer =
  | { readonly ok: true; readonly receipt: CommandReceipt }
  | { readonly ok: false; readonly problem: Problem };

/** One line of a client's own list. The answer is missing until there is one. */
export type ListedBid = {
  readonly companyId: string;
  readonly key: string;
  readonly command: Extract<TenderPersonCommandInput, { type: "submit_bid" }>;
  readonly channel: Channel;
  answer: DefiniteAnswer | null;
  /** How often it was asked before the answer came. */
  asked: number;
};

export type BidderOptions = {
  readonly companyId: string;
  readonly client: Kontor;
  readonly lotIds: readonly string[];
  /** Bids that are under way at once over each way. */
  readonly lanes: Readonly<Record<Channel, number>>;
  readonly random: Random;
  readonly isOver: () => boolean;
  readonly onAnswer: (bid: ListedBid) => void;
};

/** One company's program: it bids and bids, keeps its own list, and asks about every key until it has an answer. */
export class Bidder {
  readonly list: ListedBid[] = [];
  readonly live: LiveClient;
  readonly #options: BidderOptions;
  readonly #prices = new Map<string, number>();

  constructor(options: BidderOptions) {
    this.#options = options;
    this.live = options.client.live();
  }

  /** Ends when it is over and every bid on the list has its answer. */
  async run(): Promise<void> {
    const { lanes } = this.#options;
    const ways: Channel[] = [...Array(lanes.socket).fill("socket"), ...Array(lanes.http).fill("http")];
    await Promise.all(ways.map((channel, lane) => this.#lane(channel, { lane, of: ways.length })));
  }

  /** Asks about a key once more. */
  askAgain({ key, command }: ListedBid, channel: Channel): Promise<CommandOutcome> {
    return this.#send(command, key, channel);
  }

  close(): void {
    this.live.close();
  }

  /** Each lane bids in lots of its own, so that a company's prices never overtake each other. */
  async #lane(channel: Channel, { lane, of }: { readonly lane: number; readonly of: number }): Promise<void> {
    const { companyId, random, isOver, lotIds } = this.#options;
    const draw = random.fork();
    const own = lotIds.filter((_, index) => index % of === lane % lotIds.length);
    while (!isOver()) {
      if (channel === "socket") await this.live.opened();
      if (isOver()) return;
      const command = this.#nextBid(draw.pick(own));
      const bid: ListedBid = { companyId, key: newId(), command, channel, answer: null, asked: 0 };
      this.list.push(bid);
      await this.#settle(bid);
    }
  }

  async #settle(bid: ListedBid): Promise<void> {
    const { onAnswer } = this.#options;
    while (bid.answer === null) {
      bid.asked += 1;
      const outcome = await this.#send(bid.command, bid.key, bid.channel);
      if (outcome.ok) bid.answer = { ok: true, receipt: outcome.receipt };
      else if (isDefinite(outcome.problem)) bid.answer = { ok: false, problem: outcome.problem };
    }
    onAnswer(bid);
  }

  #send(command: ListedBid["command"], key: string, channel: Channel): Promise<CommandOutcome> {
    const { client } = this.#options;
    return channel === "socket" ? this.live.command(command, { key }) : client.command(command, { key });
  }

  #nextBid(lotId: string): ListedBid["command"] {
    const price = (this.#prices.get(lotId) ?? startPrice) - 1;
    this.#prices.set(lotId, price);
    return { type: "submit_bid", lotId, price: `${price}.00` };
  }
}

/** Whether the command is decided: an answer that asks to try again, or knows nothing, is none. */
function isDefinite({ status, code }: Problem): boolean {
  return status < 500 && code !== "rate_limited" && code !== "in_progress";
}
