import type { JournalStore } from "@kontor/db";
import { createJournalStore } from "@kontor/db";
import { createTestDatabase } from "@kontor/db/testing";

/** The real journal in a database of the test's own. */
export async function openDatabaseJournal(): Promise<{ journal: JournalStore; url: string } & AsyncDisposable> {
  const database = await createTestDatabase();
  const journal = createJournalStore({ url: database.url });
  return {
    journal,
    url: database.url,
    async [Symbol.asyncDispose]() {
      await journal.close();
      await database.drop();
    },
  };
}
