import type { CommandReceipt, PersonCommandInput, Problem } from "@kontor/protocol";
import type { CommandOutcome, Kontor, LiveClient } from "@kontor/sdk";
import { newId } from "@kontor/sdk";
import type { Random } from "@kontor/testkit";

export type Channel = "socket" | "http";

/** What a client was told for good about one of its keys. */
export type DefiniteAnswer =
  | { readonly ok: true; readonly receipt: CommandReceipt }
  | { readonly ok: false; readonly problem: Problem };

/** One line of a client's own list. The answer is missing until there is one. */
export type Listed = {
  readonly companyId: string;
  readonly key: string;
  readonly command: PersonCommandInput;
  readonly channel: Channel;
  answer: DefiniteAnswer | null;
  /** How often it was asked before the answer came. */
  asked: number;
};

/** Thinks of one command after the other; the next is asked for when the one before has its answer. */
export type Lane = {
  readonly next: () => PersonCommandInput;
  readonly heard?: (listed: Listed) => void;
};

export type LanePlace = { readonly lane: number; readonly of: number; readonly random: Random };

export type DeskOptions = {
  readonly companyId: string;
  readonly client: Kontor;
  readonly openLane: (place: LanePlace) => Lane;
  /** Commands that are under way at once over each way. */
  readonly lanes: Readonly<Record<Channel, number>>;
  readonly random: Random;
  readonly isOver: () => boolean;
  readonly onAnswer: (listed: Listed) => void;
};

/** One company's program: it sends and sends, keeps its own list, and asks about every key until it has an answer. */
export class Desk {
  readonly companyId: string;
  readonly list: Listed[] = [];
  readonly live: LiveClient;
  readonly #options: DeskOptions;
  #isClosed = false;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.companyId = options.companyId;
    this.live = options.client.live();
  }

  /** Ends when it is over and every command on the list has its answer. */
  async run(): Promise<void> {
    const { lanes } = this.#options;
    const ways: Channel[] = [...Array(lanes.socket).fill("socket"), ...Array(lanes.http).fill("http")];
    await Promise.all(ways.map((channel, lane) => this.#lane(channel, { lane, of: ways.length })));
  }

  /** One more, for the list as well. */
  async settle(command: PersonCommandInput, channel: Channel): Promise<Listed> {
    const { companyId, onAnswer } = this.#options;
    const listed: Listed = { companyId, key: newId(), command, channel, answer: null, asked: 0 };
    this.list.push(listed);
    while (listed.answer === null && !this.#isClosed) {
      listed.asked += 1;
      const outcome = await this.askAgain(listed, channel);
      if (outcome.ok) listed.answer = { ok: true, receipt: outcome.receipt };
      else if (isDefinite(outcome.problem)) listed.answer = { ok: false, problem: outcome.problem };
    }
    if (listed.answer !== null) onAnswer(listed);
    return listed;
  }

  /** Asks about a key once more. */
  askAgain({ key, command }: Listed, channel: Channel): Promise<CommandOutcome> {
    const { client } = this.#options;
    return channel === "socket" ? this.live.command(command, { key }) : client.command(command, { key });
  }

  /** What has no answer yet is not asked about any more. */
  close(): void {
    this.#isClosed = true;
    this.live.close();
  }

  async #lane(channel: Channel, place: Omit<LanePlace, "random">): Promise<void> {
    const { random, isOver, openLane } = this.#options;
    const lane = openLane({ ...place, random: random.fork() });
    while (!isOver()) {
      if (channel === "socket") await this.live.opened();
      if (isOver()) return;
      const listed = await this.settle(lane.next(), channel);
      lane.heard?.(listed);
    }
  }
}

/** Whether the command is decided: an answer that asks to try again, or knows nothing, is none. */
export function isDefinite({ status, code }: Problem): boolean {
  return status < 500 && code !== "rate_limited" && code !== "in_progress";
}
