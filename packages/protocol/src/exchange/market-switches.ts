import { z } from "zod";
import { Reason } from "../primitives.ts";
import { Problem } from "../problem-document.ts";
import { InstrumentId } from "./commands.ts";

export const SwitchOrder = z.strictObject({ reason: Reason.min(1) });

/** What came of it in one instrument. One that is not done is done again with the same request under another key. */
export const SwitchOutcome = z
  .object({ instrumentId: InstrumentId, done: z.boolean(), problem: Problem.optional() })
  .meta({ id: "SwitchOutcome" });
export const SwitchOutcomes = z.object({ data: z.array(SwitchOutcome) });
export type SwitchOutcome = z.infer<typeof SwitchOutcome>;
