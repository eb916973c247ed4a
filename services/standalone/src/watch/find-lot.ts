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

/** A lot to watch when none was named: one that runs, else one that opens within the hour; waits until there is one. */
export async function nextLiveLot(client: Kontor, waiting: () => void): Promise<string> {
  for (let told = false; ; told = true) {
    const [first] = await liveLots(client);
    if (first !== undefined && isSoon(first)) return first.lotId;
    if (!told) waiting();
    await wait(lookEveryMs);
  }
}

const soonMs = 3_600_000;

function isSoon({ phase, opensAt }: LotSummary): boolean {
  return phase !== "scheduled" || (opensAt !== undefined && Date.parse(opensAt) - Date.now() < soonMs);
}

function byLiveness(a: LotSummary, b: LotSummary): number {
  const runs = (lot: LotSummary): number => (lot.phase === "scheduled" ? 1 : 0);
  return runs(a) - runs(b) || (a.opensAt ?? "").localeCompare(b.opensAt ?? "");
}
