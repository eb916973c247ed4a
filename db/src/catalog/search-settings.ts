import type { Actor } from "@kontor/kernel";
import type { SearchSettingsInput, SearchSettingsRecord } from "@kontor/protocol";
import { and, eq, sql } from "drizzle-orm";
import { staleVersion } from "../buying/orders/own-company.ts";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { instantOf } from "../repositories/record-members.ts";
import { searchSettings } from "../schema/catalog-search.ts";
import { unwrittenLanguages } from "./search-shelf.ts";

/** What an operator says about searching in his marketplace. `version` 0: there is nothing yet. */
export type SearchSettingsRepository = {
  readonly read: (actor: Actor) => Promise<SearchSettingsRecord | undefined>;
  readonly write: (
    actor: Actor,
    change: { readonly input: SearchSettingsInput; readonly version: number },
  ) => Promise<Answered<SearchSettingsRecord>>;
};

export function createSearchSettingsRepository(db: Database): SearchSettingsRepository {
  const stored = async (marketplaceId: string): Promise<SearchSettingsRecord> => {
    const [row] = await db.select().from(searchSettings).where(eq(searchSettings.marketplaceId, marketplaceId));
    return row === undefined
      ? { marketplaceId, languages: [...unwrittenLanguages], synonyms: [], version: 0 }
      : recordOf(row);
  };

  return {
    async read({ marketplaceId }) {
      return marketplaceId === null ? undefined : await stored(marketplaceId);
    },

    async write({ kind, marketplaceId }, { input, version }) {
      if (kind !== "operator" || marketplaceId === null) return refused("not_found");
      const languages = [...input.languages];
      const synonyms = input.synonyms.map(({ also, ...rule }) => ({
        ...rule,
        ...(also === undefined ? {} : { also }),
      }));
      const [written] = await (version === 0
        ? db.insert(searchSettings).values({ marketplaceId, languages, synonyms }).onConflictDoNothing().returning()
        : db
            .update(searchSettings)
            .set({ languages, synonyms, version: sql`${searchSettings.version} + 1`, updatedAt: sql`now()` })
            .where(and(eq(searchSettings.marketplaceId, marketplaceId), eq(searchSettings.version, version)))
            .returning());
      return written === undefined ? staleVersion((await stored(marketplaceId)).version) : answered(recordOf(written));
    },
  };
}

function recordOf({ updatedAt, ...row }: typeof searchSettings.$inferSelect): SearchSettingsRecord {
  const { marketplaceId, languages, version } = row;
  const synonyms = row.synonyms.map(({ language, phrases, also }) => ({
    language,
    phrases: [...phrases],
    ...(also === undefined ? {} : { also: [...also] }),
  }));
  return { marketplaceId, languages, synonyms, updatedAt: instantOf(updatedAt), version };
}
