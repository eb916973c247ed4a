import { z } from "zod";

/** What a trading host does with a shard: a tender with all its lots. */
export const ShardCondition = z
  .object({
    shard: z.string().meta({ description: "The tender's id." }),
    state: z.enum(["serving", "loading", "frozen"]).meta({
      description: "A frozen shard takes no commands: its journal, or what was made of it, cannot be trusted.",
    }),
    reason: z
      .string()
      .optional()
      .meta({ description: "Code of what it was frozen for.", examples: ["journal_corrupt"] }),
  })
  .meta({ id: "ShardCondition" });
export type ShardCondition = z.infer<typeof ShardCondition>;

/** Only the frozen ones can be listed; of the others nobody has to do anything. */
export const ShardQuery = z.strictObject({ state: z.literal("frozen") });
