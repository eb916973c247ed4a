import type { CommandOutcome, Kontor } from "@kontor/sdk";
import { ProblemError } from "@kontor/sdk";
import { demoId } from "../demo-id.ts";
import type { DemoInstrument } from "./demo-instruments.ts";

export function demoInstrumentId(marketplaceId: string, name: string): string {
  return demoId(marketplaceId, `instrument ${name}`);
}

/** Drafts and lists what an earlier start has not. @throws ProblemError */
export async function foundInstrument(
  operator: Kontor,
  marketplaceId: string,
  { name, terms }: DemoInstrument,
): Promise<string> {
  const instrumentId = demoInstrumentId(marketplaceId, name);
  const { commands } = operator;
  const key = (step: string): { key: string } => ({ key: `demo-${step}-${instrumentId.slice(0, 8)}` });
  done(await commands.draftInstrument({ marketplaceId, instrumentId, terms }, key("draft")), "instrument_exists");
  done(await commands.listInstrument({ instrumentId, expectedVersion: 1 }, key("list")), "instrument_not_draft");
  return instrumentId;
}

/** @throws ProblemError unless it is done now or was before */
function done(outcome: CommandOutcome, before: string): void {
  if (!outcome.ok && outcome.problem.code !== before) throw new ProblemError(outcome.problem);
}
