import { newId } from "@kontor/sdk";
import { createRandom } from "@kontor/testkit";
import type { Accepted } from "./delays.ts";
import type { OrderCommand, OrderResult } from "./order-mix.ts";
import { OrderMix } from "./order-mix.ts";
import type { Door } from "./raw-socket.ts";
import { openMany, RawSocket } from "./raw-socket.ts";

export type OrderCrowdOptions = {
  /** One per company. */
  readonly doors: readonly Door[];
  readonly instrumentId: string;
  /** Orders that each company has in the book. */
  readonly depth: number;
};

export type OrderRun = {
  readonly seconds: number;
  readonly answered: number;
  readonly refused: number;
  readonly accepted: readonly Accepted[];
  /** From when a command was sent, or was to be sent, until its answer. */
  readonly timesMs: readonly number[];
};

/** Either so many commands under way on each socket all the time, or so many sent a second whatever the answers do. */
export type OrderPace = { readonly seconds: number } & ({ readonly inFlight: number } | { readonly perSecond: number });

type Trader = { readonly socket: RawSocket; readonly mix: OrderMix };
type Sent = { readonly trader: Trader; readonly command: OrderCommand; readonly sentAtMs: number };
type Round = {
  readonly untilMs: number;
  /** Who has an answer sends the next one. */
  readonly again: boolean;
  refused: number;
  readonly accepted: Accepted[];
  readonly timesMs: number[];
};

const answerMark = Buffer.from('{"re":"');
const idLength = newId().length;
const hello = "hello";
const waitForAnswersMs = 30_000;

/** Traders over sockets, each with a mixture of orders, cancels and replacements of its own. */
export class OrderCrowd {
  readonly #traders: Trader[] = [];
  readonly #sent = new Map<string, Sent>();
  #round: Round | null = null;
  #ended: () => void = () => {};
  #bytes = 0;
  #answers = 0;

  static async open({ doors, instrumentId, depth }: OrderCrowdOptions): Promise<OrderCrowd> {
    const crowd = new OrderCrowd();
    let seed = 0;
    await openMany(doors, async (door) => {
      seed += 1;
      const random = createRandom(seed);
      const trader: Trader = {
        socket: await RawSocket.open(door),
        mix: new OrderMix({ instrumentId, random, depth }),
      };
      trader.socket.onText((chunk, { start, end }) => {
        const from = start + answerMark.length;
        if (chunk.compare(answerMark, 0, answerMark.length, start, from) !== 0) return;
        crowd.#answered(chunk.toString("latin1", from, from + idLength), chunk.toString("latin1", start, end));
      });
      // A connection must say something soon after it was opened.
      trader.socket.send(JSON.stringify({ id: hello, op: "time" }));
      crowd.#traders.push(trader);
    });
    return crowd;
  }

  get bytesPerAnswer(): number {
    return this.#answers === 0 ? 0 : this.#bytes / this.#answers;
  }

  /** Trades for so long, then waits for the answers that are on their way. @throws Error when they do not come */
  async run(pace: OrderPace): Promise<OrderRun> {
    const again = "inFlight" in pace;
    return await this.#during({ again, seconds: pace.seconds }, async (round) => {
      if (again) this.#fill(pace.inFlight);
      else await this.#sendEvery(1_000 / pace.perSecond, round);
    });
  }

  /** One more order, next to the middle of the book: everybody who sees the best prices sees it. */
  async showOne(): Promise<Accepted> {
    const { accepted } = await this.#during({ again: false, seconds: 0 }, () => {
      const [trader] = this.#traders;
      if (trader !== undefined) this.#send(trader, trader.mix.nearest(), performance.now());
    });
    const [only] = accepted;
    if (only === undefined) throw new Error("the order was not accepted");
    return only;
  }

  close(): void {
    for (const { socket } of this.#traders) socket.close();
  }

  async #during(
    { again, seconds }: { readonly again: boolean; readonly seconds: number },
    send: (round: Round) => Promise<void> | void,
  ): Promise<OrderRun> {
    const startedAt = performance.now();
    const untilMs = startedAt + seconds * 1_000;
    const round: Round = { untilMs, again, refused: 0, accepted: [], timesMs: [] };
    this.#round = round;
    await send(round);
    await this.#allAnswered(untilMs);
    this.#round = null;
    const { accepted, refused, timesMs } = round;
    const taken = (performance.now() - startedAt) / 1_000;
    return { seconds: taken, answered: timesMs.length, refused, accepted, timesMs };
  }

  #fill(inFlight: number): void {
    for (const trader of this.#traders) {
      for (let index = 0; index < inFlight; index++) this.#send(trader, trader.mix.next(), performance.now());
    }
  }

  /** What is late is sent at once, and its time counts from when it was due: a late generator hides nothing. */
  async #sendEvery(ms: number, { untilMs }: Round): Promise<void> {
    let dueMs = performance.now();
    for (let turn = 0; dueMs < untilMs; ) {
      for (; dueMs <= performance.now() && dueMs < untilMs; dueMs += ms) {
        const trader = this.#traders[turn++ % this.#traders.length];
        if (trader !== undefined) this.#send(trader, trader.mix.next(), dueMs);
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  #send(trader: Trader, command: OrderCommand, sentAtMs: number): void {
    const id = newId();
    this.#sent.set(id, { trader, command, sentAtMs });
    trader.socket.send(JSON.stringify({ id, op: "command", command }));
  }

  #answered(id: string, text: string): void {
    const sent = this.#sent.get(id);
    const round = this.#round;
    if (sent === undefined || round === null) return;
    this.#sent.delete(id);
    const { trader, command, sentAtMs } = sent;
    const now = performance.now();
    this.#answers += 1;
    this.#bytes += text.length;
    round.timesMs.push(now - sentAtMs);
    const answer = JSON.parse(text) as { readonly ok: boolean; readonly at?: string; readonly result?: OrderResult };
    if (!answer.ok) round.refused += 1;
    else {
      if (answer.at !== undefined) round.accepted.push({ sentAtMs, at: answer.at });
      trader.mix.heard(command, answer.result ?? {});
    }
    if (round.again && now < round.untilMs) this.#send(trader, trader.mix.next(), now);
    else if (this.#sent.size === 0) this.#ended();
  }

  async #allAnswered(untilMs: number): Promise<void> {
    const withinMs = Math.max(0, untilMs - performance.now()) + waitForAnswersMs;
    const ended = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${this.#sent.size} orders have no answer`)), withinMs);
      this.#ended = () => {
        if (performance.now() < untilMs && this.#round?.again === true) return;
        clearTimeout(timer);
        resolve();
      };
    });
    if (this.#sent.size === 0) this.#ended();
    await ended;
  }
}
