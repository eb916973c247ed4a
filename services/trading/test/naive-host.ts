import type { Actor, Micros } from "@kontor/kernel";
import { canonicalJson, systemActor } from "@kontor/kernel";
import type { ToyCommand, ToyEvent, ToyRejection, ToyState } from "./toy-engine.ts";
import { toyEngine } from "./toy-engine.ts";

export type NaiveEntry = {
  readonly seq: number;
  readonly at: Micros;
  readonly key: string | null;
  readonly command: ToyCommand;
} & ({ readonly events: readonly ToyEvent[] } | { readonly rejection: ToyRejection });

/** What a host does, without journal, batches, crashes or memory limits: a list and a state. */
export class NaiveHost {
  readonly entries: NaiveEntry[] = [];
  state: ToyState = toyEngine.create();
  #last: Micros = 0;
  readonly #keys = new Map<string, { readonly command: string; readonly answer: string }>();

  /** The answer in one word and its place: "ok 3", "auction_closed 4", "key_reused". */
  submit(command: ToyCommand, { actor, key, now }: { actor: Actor; key: string; now: Micros }): string {
    const id = `${actor.companyId} ${key}`;
    const first = this.#keys.get(id);
    if (first) return first.command === canonicalJson(command) ? first.answer : "key_reused";
    const at = Math.max(now, this.#last + 1);
    this.#tickUntil(at);
    const entry = this.#decide(command, { actor, at: Math.max(at, this.#last + 1), key });
    if (entry === null) return "tender_not_found";
    const answer = "rejection" in entry ? `${entry.rejection.code} ${entry.seq}` : `ok ${entry.seq}`;
    this.#keys.set(id, { command: canonicalJson(command), answer });
    return answer;
  }

  /** What time alone brings about. */
  passTo(now: Micros): void {
    this.#tickUntil(now);
  }

  #tickUntil(at: Micros): void {
    for (let due = toyEngine.wakeAt(this.state); due !== null && due <= at; due = toyEngine.wakeAt(this.state)) {
      const stamp = Math.max(due, this.#last + 1);
      this.#decide(toyEngine.tick(), { actor: systemActor, at: stamp, key: null });
    }
  }

  #decide(command: ToyCommand, call: { actor: Actor; at: Micros; key: string | null }): NaiveEntry | null {
    const { actor, at, key } = call;
    const decision = toyEngine.decide(this.state, { command, at, actor, entropy: null });
    const seq = this.entries.length + 1;
    if (decision.kind === "rejected" && (seq === 1 || key === null)) return null;
    const head = { seq, at, key, command };
    const entry: NaiveEntry =
      decision.kind === "accepted" ? { ...head, events: decision.events } : { ...head, rejection: decision.rejection };
    for (const event of decision.kind === "accepted" ? decision.events : []) {
      this.state = toyEngine.evolve(this.state, structuredClone(event), at);
    }
    this.entries.push(entry);
    this.#last = at;
    return entry;
  }
}
