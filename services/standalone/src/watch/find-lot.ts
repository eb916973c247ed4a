import { setTimeout as wait } from "node:timers/promises";
import type { LotSummary } from "@kontor/protocol";
import type { Kontor } from "@kontor/sdk";
import { requireValue } from "@kontor/sdk";

const lookEveryMs = 2_000;

/** Lots that are live or about to be, in every marketplace where the caller takes part; those that run come first. */
export async function liveLots(client: Kontor): Promise<readonly LotSummary[]> {
  const me = requireValue(await client.me.read());
  const marketplaces = new Set([
    ...me.companies.flatMap(({ participations }) => participations.map(({ marketplaceId }) => marketplaceId)),
    ...me.staffRoles.map(({ marketplaceId }) => marketplaceId),
  ]);
  const phase = ["open", "paused", "scheduled"] as const;
  const lists = await Promise.all([...marketplaces].map((id) => client.lots.list(id, { phase: [...phase] }).all()));
  return lists.flat().sort(byLiveness);
}

type LotTimes = Pick<LotSummary, "phase" | "opensAt" | "endsAt">;

/** A lot to watch when none was named: one that goes on, else one that opens within the hour; waits until there is one. */
export async function nextLiveLot(client: Kontor, waiting: () => void): Promise<string> {
  for (let told = false; ; told = true) {
    const lots = await liveLots(client);
    const first = lots.find((lot) => isWorthWatching(lot, Date.now()));
    if (first !== undefined) return first.lotId;
    if (!told) waiting();
    await wait(lookEveryMs);
  }
}

const soonMs = 3_600_000;
/** What ends before one has read it is not worth beginning with. */
const lastingMs = 10_000;

/** Whether there is or will soon be something to see, at UTC milliseconds. */
export function isWorthWatching({ phase, opensAt, endsAt }: LotTimes, nowMs: number): boolean {
  if (phase === "scheduled") return opensAt !== undefined && Date.parse(opensAt) - nowMs < soonMs;
  return phase === "paused" || endsAt === undefined || Date.parse(endsAt) - nowMs > lastingMs;
}

function byLiveness(a: LotSummary, b: LotSummary): number {
  const runs = (lot: LotSummary): number => (lot.phase === "scheduled" ? 1 : 0);
  return runs(a) - runs(b) || (a.opensAt ?? "").localeCompare(b.opensAt ?? "");
}
