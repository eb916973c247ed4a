import type { HostRow, HostStore, ShardHead } from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import type { HostSettings } from "./settings.ts";

/** Address of a host that has stopped on purpose: its row stays, for it tells until when there was service. */
const released = "";

const everMs = 10 * 366 * 24 * 60 * 60 * 1_000;

/** Who is alive, and until when those who are not were. */
export type Roll = {
  /** Whether this host must leave the shard alone. */
  readonly isTaken: (head: ShardHead) => boolean;
  /** The last sign of the shard's owner, for this host's name that of an earlier process; null when there is none. */
  readonly lastSignOf: (head: ShardHead) => Micros | null;
  readonly living: ReadonlySet<string>;
};

export type LeasesOptions = {
  readonly hosts: HostStore;
  readonly hostId: string;
  readonly settings: Pick<HostSettings, "leaseTtlMs" | "address">;
};

/** The table of hosts. It decides who tries to take a shard, never who may write: that is the epoch's office. */
export type Leases = {
  /** First of all: this host is alive from now on; what the table says of an earlier process of its name is kept. */
  readonly begin: () => Promise<void>;
  readonly roll: () => Promise<Roll>;
  readonly renew: () => Promise<void>;
  readonly release: () => Promise<void>;
  /** Removes rows of dead hosts that none of these shards names. */
  readonly tidy: (heads: readonly ShardHead[]) => Promise<void>;
};

export function createLeases({ hosts, hostId, settings }: LeasesOptions): Leases {
  const { leaseTtlMs, address } = settings;
  let predecessor: Micros | null = null;

  async function rows(): Promise<{ readonly all: readonly HostRow[]; readonly living: ReadonlySet<string> }> {
    const all = await hosts.list({ withinMs: everMs });
    const living = all.filter(({ address: told, silentMs }) => told !== released && silentMs < leaseTtlMs);
    return { all, living: new Set(living.map((row) => row.hostId)) };
  }

  return {
    async begin() {
      const { all } = await rows();
      predecessor = all.find((row) => row.hostId === hostId)?.renewedAt ?? null;
      await hosts.renew(hostId, address);
    },
    async roll() {
      const { all, living } = await rows();
      const signs = new Map(all.map((row) => [row.hostId, row.hostId === hostId ? predecessor : row.renewedAt]));
      return {
        living,
        isTaken: ({ owner }) => owner !== null && owner !== hostId && living.has(owner),
        lastSignOf: ({ owner }) => (owner === null ? null : (signs.get(owner) ?? null)),
      };
    },
    renew: () => hosts.renew(hostId, address),
    release: () => hosts.renew(hostId, released),
    async tidy(heads) {
      const { all, living } = await rows();
      const named = new Set(heads.map(({ owner }) => owner));
      const gone = all.filter((row) => row.hostId !== hostId && !living.has(row.hostId) && !named.has(row.hostId));
      await Promise.all(gone.map((row) => hosts.remove(row.hostId)));
    },
  };
}
