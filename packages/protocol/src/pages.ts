import { z } from "zod";
import { bounds } from "./bounds.ts";

/** Members of the query that every list takes. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(bounds.pageMax).default(bounds.pageDefault).meta({
    description: "Entries per page at most.",
  }),
  cursor: z
    .string()
    .max(1_000)
    .optional()
    .meta({ description: "`next` of the page before, unchanged; filters and order stay the same." }),
};

/** One page of a list. Entries that arrive while one pages neither repeat nor hide others. */
export const pageOf = <Entry extends z.ZodType>(entry: Entry) =>
  z.object({
    data: z.array(entry),
    next: z.string().nullable().meta({ description: "Cursor of the next page; null on the last one." }),
  });

export type Page<Entry> = { readonly data: readonly Entry[]; readonly next: string | null };
