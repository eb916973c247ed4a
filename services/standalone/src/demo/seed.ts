import type { TenderTermsInput } from "@kontor/protocol";
import type { Kontor } from "@kontor/sdk";
import { ProblemError, requireValue } from "@kontor/sdk";
import type { Cast } from "./cast.ts";
import { demoId } from "./demo-id.ts";
import { scripts } from "./scripts.ts";
import { Stage } from "./stage.ts";
import type { DemoTender } from "./tenders.ts";
import { demoTenders } from "./tenders.ts";

/** A machine that is too slow for a deadline gets twice the time at the next attempt. */
const attemptsMax = 4;

/** The draft is written last, so its presence says that everything else was. */
const [last, ...others] = demoTenders;

/** Whether an earlier start has seeded the marketplace to the end; `client` is that of the draft's owner. */
export async function isSeeded(client: Kontor, marketplaceId: string): Promise<boolean> {
  return last !== undefined && (await versionOf(client, demoId(marketplaceId, nameOf(last, 1)))) !== null;
}

/**
 * Writes and plays the demonstration's tenders through the HTTP interface.
 *
 * @throws ProblemError when a tender cannot be brought where it shall stand
 */
export async function seedTenders(cast: Cast, signal: AbortSignal): Promise<void> {
  await Promise.all(others.map((tender) => seedTender(cast, tender, signal)));
  if (last !== undefined) await seedTender(cast, last, signal);
}

async function seedTender(cast: Cast, tender: DemoTender, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const stage = new Stage(cast, nameOf(tender, attempt), signal);
    try {
      await play(stage, tender, 2 ** (attempt - 1));
      return;
    } catch (error) {
      if (!(error instanceof ProblemError) || attempt === attemptsMax) throw error;
      await giveUp(stage, tender);
    }
  }
}

async function play(stage: Stage, tender: DemoTender, patience: number): Promise<void> {
  const { tenderId, cast } = stage;
  const { owner, reference } = tender;
  const script = scripts[reference];
  if ((await versionOf(cast.player(owner).client, tenderId)) === null) {
    const terms: TenderTermsInput = { ...tender.terms({ nowMs: Date.now(), patience }), reference };
    const { marketplaceId } = cast;
    await stage.act(owner, { type: "create_tender", marketplaceId, tenderId, terms });
  } else {
    stage.skip();
  }
  if (script === undefined) return;
  await stage.act(owner, { type: "publish_tender", tenderId, expectedVersion: 1 });
  await script(stage);
}

/** What a deadline has overtaken is cancelled; the next attempt is another tender. */
async function giveUp({ tenderId, cast }: Stage, { owner }: DemoTender): Promise<void> {
  const { client } = cast.player(owner);
  await client.commands.cancelTender({ tenderId, reason: "The demonstration begins this tender anew." });
}

/** The tender's version as its owner reads it; null when there is none. */
async function versionOf(client: Kontor, tenderId: string): Promise<number | null> {
  const found = await client.tenders.get(tenderId);
  if (!found.ok && found.problem.code === "not_found") return null;
  return requireValue(found).view.version;
}

function nameOf({ reference }: DemoTender, attempt: number): string {
  return attempt === 1 ? reference : `${reference}-${attempt}`;
}
