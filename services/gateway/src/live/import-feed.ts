import type { Bus, ImportHint, Unsubscribe } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import type { Actor, JsonObject, Micros } from "@kontor/kernel";
import type { ImportRecord } from "@kontor/protocol";
import { ImportId } from "@kontor/protocol";
import { Audience } from "./audience.ts";
import type { LiveLimits } from "./live-limits.ts";
import { LiveView } from "./live-view.ts";
import type { StreamPlace, StreamSubscription } from "./stream-subscription.ts";

/** An import of the actor's company, in whichever marketplace. */
export type ReadImport = (actor: Actor, importId: string) => Promise<ImportRecord | undefined>;

export type ImportFeedParts = {
  readonly bus: Bus;
  readonly read: ReadImport;
  readonly limits: LiveLimits;
  readonly nextRun: () => string;
  readonly now: () => Micros;
};

type Followed = {
  readonly audience: Audience;
  readonly companyId: string;
  record: ImportRecord;
  changes: number;
  opening: number;
  dropTimer: NodeJS.Timeout | null;
};

/** The `import:<id>` streams: how far imports have come, for the companies they are of. */
export class ImportFeed {
  readonly #parts: ImportFeedParts;
  readonly #imports = new Map<string, Followed>();
  readonly #stop: Unsubscribe;

  constructor(parts: ImportFeedParts) {
    this.#parts = parts;
    this.#stop = parts.bus.subscribe(subjects.imports, ({ record }: ImportHint) => this.#take(record));
  }

  /** Also brings a subscription that is open already up to now. `announce` is called before the first frame. */
  async open(subscription: StreamSubscription, from?: StreamPlace, announce: () => void = () => {}): Promise<boolean> {
    const { actor, stream } = subscription;
    const { success: isId, data: importId } = ImportId.safeParse(stream.slice(stream.indexOf(":") + 1));
    if (!isId) return false;
    // Listened to from before it is read: what comes meanwhile is older or newer than the answer, and told apart by it.
    const known = this.#imports.get(importId);
    if (known !== undefined) known.opening += 1;
    try {
      const record = await this.#parts.read(actor, importId);
      if (record === undefined) return false;
      const followed = this.#imports.get(importId) ?? this.#begin(record);
      this.#take(record);
      if (!subscription.isWanted()) return true;
      const isNew = !followed.audience.subscriptions.has(subscription);
      if (isNew) subscription.onOver(() => this.#dropIfUnused(importId, followed));
      announce();
      subscription.enter(followed.audience, from);
      // The record may have gone on between its reading and the listening.
      if (known === undefined) void this.#readAgain(actor, importId);
      return true;
    } finally {
      if (known !== undefined) {
        known.opening -= 1;
        this.#dropIfUnused(importId, known);
      }
    }
  }

  close(): void {
    this.#stop();
    for (const { dropTimer } of this.#imports.values()) if (dropTimer !== null) clearTimeout(dropTimer);
    this.#imports.clear();
  }

  #begin(record: ImportRecord): Followed {
    const { limits, nextRun } = this.#parts;
    const stream = `import:${record.importId}`;
    const view = new LiveView(viewOf(record), 0);
    const audience = new Audience({ stream, epoch: nextRun(), isPublic: false, limits, view, own: null, seq: 0 });
    const { vendorId: companyId } = record;
    const followed: Followed = { audience, companyId, record, changes: 0, opening: 0, dropTimer: null };
    this.#imports.set(record.importId, followed);
    return followed;
  }

  async #readAgain(actor: Actor, importId: string): Promise<void> {
    const record = await this.#parts.read(actor, importId).catch(() => undefined);
    if (record !== undefined) this.#take(record);
  }

  #take(record: ImportRecord): void {
    const followed = this.#imports.get(record.importId);
    if (followed === undefined || !isLater(record, followed.record)) return;
    const { audience } = followed;
    followed.record = record;
    const patch = audience.view.effectOf(viewOf(record));
    if (patch === undefined) return;
    followed.changes += 1;
    audience.view.apply(patch, followed.changes);
    audience.push(audience.nextFrame(this.#parts.now(), JSON.stringify(patch), null));
  }

  /** Kept for a while, so that who comes back finds his place. */
  #dropIfUnused(importId: string, followed: Followed): void {
    if (followed.dropTimer !== null) clearTimeout(followed.dropTimer);
    followed.dropTimer = null;
    const isUsed = followed.opening > 0 || followed.audience.subscriptions.size > 0;
    if (isUsed || this.#imports.get(importId) !== followed) return;
    followed.dropTimer = setTimeout(() => this.#imports.delete(importId), this.#parts.limits.lingerMs).unref();
  }
}

/** A record is JSON, whatever its type says of its members. */
const viewOf = (record: ImportRecord) => record as unknown as JsonObject;

/** Copies may come out of order: states rise by version, and within one by how many rows are behind it. */
function isLater(record: ImportRecord, known: ImportRecord): boolean {
  for (const place of [
    (one: ImportRecord) => one.version,
    (one: ImportRecord) => one.rowsRead,
    (one: ImportRecord) => one.offersCreated + one.offersChanged + one.offersUnchanged + one.offersWithdrawn,
    (one: ImportRecord) => one.rowsFailed,
    (one: ImportRecord) => one.receivedBytes,
  ]) {
    if (place(record) !== place(known)) return place(record) > place(known);
  }
  return false;
}
