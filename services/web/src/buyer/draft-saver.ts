import type { Problem, TenderTerms } from "@kontor/protocol";
import type { CommandOutcome } from "@kontor/sdk";
import { isSame } from "./draft-terms.ts";

/** `held`: something must be put right before the draft can be saved at all. */
export type SaveState =
  | { readonly kind: "saved" | "waiting" | "saving" | "held" }
  | { readonly kind: "refused"; readonly problem: Problem };

export type Revision = { readonly key: string; readonly expectedVersion: number; readonly terms: TenderTerms };

export type SaverOptions = {
  readonly version: number;
  readonly terms: TenderTerms;
  readonly send: (revision: Revision) => Promise<CommandOutcome>;
  readonly newKey: () => string;
  readonly canSave: (terms: TenderTerms) => boolean;
  /** Calls back after a pause in writing; gives what ends the wait. */
  readonly later: (then: () => void) => () => void;
};

/**
 * Saves a draft some moments after the last change, one revision at a time. An attempt whose outcome nobody knows is asked
 * for again by its own key before anything newer is sent, so that no revision is written twice.
 */
export class DraftSaver {
  #version: number;
  #saved: TenderTerms;
  #wanted: TenderTerms;
  #undecided: Revision | null = null;
  #running: Promise<boolean> | null = null;
  #state: SaveState = { kind: "saved" };
  #endWait: (() => void) | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #options: SaverOptions;

  constructor(options: SaverOptions) {
    this.#options = options;
    this.#version = options.version;
    this.#saved = options.terms;
    this.#wanted = options.terms;
  }

  readonly state = (): SaveState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get version(): number {
    return this.#version;
  }

  change(terms: TenderTerms): void {
    this.#wanted = terms;
    this.#endWait?.();
    this.#endWait = null;
    if (!this.#options.canSave(terms)) return this.#become({ kind: "held" });
    if (isSame(terms, this.#saved) && this.#undecided === null) return this.#become({ kind: "saved" });
    this.#become({ kind: "waiting" });
    this.#endWait = this.#options.later(() => void this.flush());
  }

  /** Saves at once what is not saved yet. True when the server has everything that was written. */
  async flush(): Promise<boolean> {
    this.#endWait?.();
    this.#endWait = null;
    while (this.#running !== null) await this.#running;
    this.#running = this.#saveAll();
    try {
      return await this.#running;
    } finally {
      this.#running = null;
    }
  }

  async #saveAll(): Promise<boolean> {
    while (this.#undecided !== null || !isSame(this.#wanted, this.#saved)) {
      if (this.#undecided === null && !this.#options.canSave(this.#wanted)) return false;
      this.#undecided ??= { key: this.#options.newKey(), expectedVersion: this.#version, terms: this.#wanted };
      this.#become({ kind: "saving" });
      const revision = this.#undecided;
      const outcome = await this.#options.send(revision);
      if (!outcome.ok) {
        if (outcome.problem.code !== "outcome_unknown") this.#undecided = null;
        this.#become({ kind: "refused", problem: outcome.problem });
        return false;
      }
      this.#undecided = null;
      this.#version = revision.expectedVersion + 1;
      this.#saved = revision.terms;
    }
    this.#become({ kind: "saved" });
    return true;
  }

  #become(state: SaveState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
