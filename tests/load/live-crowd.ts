import { setTimeout as pause } from "node:timers/promises";
import { newId } from "@kontor/sdk";
import type { Accepted } from "./delays.ts";
import type { Door } from "./raw-socket.ts";
import { openMany, RawSocket } from "./raw-socket.ts";

export type CrowdOptions = {
  /** One per bidder. */
  readonly doors: readonly Door[];
  readonly lotId: string;
  readonly startPrice: number;
};

export type CrowdRun = {
  readonly accepted: readonly Accepted[];
  readonly refused: number;
  readonly seconds: number;
};

export type CrowdPace = {
  readonly seconds: number;
  /** Bids per second in all; left out: everyone bids again as soon as he has his answer. */
  readonly perSecond?: number;
};

type Round = {
  readonly untilMs: number;
  readonly accepted: Accepted[];
  refused: number;
  open: number;
  /** Nobody bids any more. */
  over: boolean;
  /** At a given pace: who may bid next, the longest idle first. */
  readonly idle: Bidder[] | null;
};

/** Bidders over sockets, each with one bid under way at most, each bid one below his last. */
export class Crowd {
  readonly #bidders: Bidder[] = [];
  readonly #lotId: string;
  #round: Round | null = null;
  #ended: () => void = () => {};
  #answerBytes = 0;
  #answers = 0;

  private constructor(lotId: string) {
    this.#lotId = lotId;
  }

  static async open({ doors, lotId, startPrice }: CrowdOptions): Promise<Crowd> {
    const crowd = new Crowd(lotId);
    await openMany(doors, async (door) => {
      const bidder: Bidder = { socket: await RawSocket.open(door), price: startPrice, sentAtMs: 0 };
      bidder.socket.onText((chunk, { start, end }) => {
        if (chunk.compare(answerMark, 0, answerMark.length, start, start + answerMark.length) !== 0) return;
        crowd.#answered(bidder, chunk.toString("latin1", start, end));
      });
      // A connection must say something soon after it was opened.
      bidder.socket.send(JSON.stringify({ id: "hello", op: "time" }));
      crowd.#bidders.push(bidder);
    });
    return crowd;
  }

  get bytesPerAnswer(): number {
    return this.#answers === 0 ? 0 : this.#answerBytes / this.#answers;
  }

  /** Bids for so long, then waits for the answers that are on their way. */
  async run({ seconds, perSecond }: CrowdPace): Promise<CrowdRun> {
    const startedAt = performance.now();
    const untilMs = startedAt + seconds * 1_000;
    const idle = perSecond === undefined ? null : [...this.#bidders];
    const round: Round = { untilMs, accepted: [], refused: 0, open: 0, over: false, idle };
    this.#round = round;
    const ended = new Promise<void>((resolve) => {
      this.#ended = resolve;
    });
    if (perSecond === undefined) for (const bidder of this.#bidders) this.#bid(bidder, round);
    else await this.#bidEvery(1_000 / perSecond, round);
    round.over = perSecond !== undefined;
    if (round.open > 0 || perSecond === undefined) await ended;
    this.#round = null;
    const { accepted, refused } = round;
    return { accepted, refused, seconds: (performance.now() - startedAt) / 1_000 };
  }

  close(): void {
    for (const { socket } of this.#bidders) socket.close();
  }

  async #bidEvery(ms: number, round: Round): Promise<void> {
    let dueMs = performance.now();
    for (; dueMs < round.untilMs; dueMs += ms) {
      await pause(Math.max(0, dueMs - performance.now()));
      const bidder = round.idle?.shift();
      if (bidder === undefined) throw new Error("everyone waits for an answer: the pace is too high");
      this.#bid(bidder, round);
    }
  }

  #bid(bidder: Bidder, round: Round): void {
    round.open += 1;
    bidder.price -= 1;
    bidder.sentAtMs = performance.now();
    const command = { type: "submit_bid", lotId: this.#lotId, price: `${bidder.price}.00` };
    bidder.socket.send(JSON.stringify({ id: newId(), op: "command", command }));
  }

  #answered(bidder: Bidder, text: string): void {
    const round = this.#round;
    if (round === null || text.startsWith(helloAnswer)) return;
    round.open -= 1;
    this.#answers += 1;
    this.#answerBytes += text.length;
    const answer = JSON.parse(text) as { readonly ok: boolean; readonly at?: string };
    if (answer.ok && answer.at !== undefined) round.accepted.push({ sentAtMs: bidder.sentAtMs, at: answer.at });
    else round.refused += 1;
    if (round.idle !== null) round.idle.push(bidder);
    else if (performance.now() < round.untilMs) return this.#bid(bidder, round);
    else round.over = true;
    if (round.over && round.open === 0) this.#ended();
  }
}

type Bidder = { readonly socket: RawSocket; price: number; sentAtMs: number };

const answerMark = Buffer.from('{"re":');
const helloAnswer = '{"re":"hello"';
