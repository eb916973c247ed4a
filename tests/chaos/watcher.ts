import { isDeepStrictEqual } from "node:util";
import type { Kontor, LiveClient } from "@kontor/sdk";
import { requireValue } from "@kontor/sdk";
import { until } from "../world/until.ts";

const patienceMs = 30_000;

/** The tender's owner, who follows every lot through all kills and must end with what the server has. */
export class Watcher {
  readonly #client: Kontor;
  readonly #live: LiveClient;
  readonly #lotIds: readonly string[];

  constructor(client: Kontor, lotIds: readonly string[]) {
    this.#client = client;
    this.#live = client.live();
    this.#lotIds = lotIds;
    for (const lotId of lotIds) this.#live.subscribe(`lot:${lotId}`);
  }

  close(): void {
    this.#live.close();
  }

  /**
   * Where host, followed stream and read model do not agree with the journal about the number of bids, or with each
   * other about anything else. Streams and read models get a while to arrive.
   */
  async faults(bidsInJournal: ReadonlyMap<string, number>): Promise<readonly string[]> {
    const found = await Promise.all(this.#lotIds.map((lotId) => this.#faultOf(lotId, bidsInJournal.get(lotId) ?? 0)));
    return found.filter((fault) => fault !== null);
  }

  async #faultOf(lotId: string, bids: number): Promise<string | null> {
    const { view } = requireValue(await this.#client.lots.get(lotId));
    if (view.bidCount !== bids) return `${lotId}: ${bids} bids in the journal, ${view.bidCount} at the host`;
    try {
      await this.#live.until(`lot:${lotId}`, (state) => isDeepStrictEqual(state, view), { timeoutMs: patienceMs });
      await until(`${lotId} has ${bids} bids in the read model`, () => this.#isRead(lotId, bids), patienceMs);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  async #isRead(lotId: string, bids: number): Promise<boolean> {
    const tenderId = lotId.slice(0, lotId.lastIndexOf("-"));
    const lots = await this.#client.tenders.lots(tenderId).all();
    return lots.some((lot) => lot.lotId === lotId && lot.bidCount === bids);
  }
}
