import { journalContract } from "./journal-contract.ts";
import { createMemoryJournal } from "./memory-journal.ts";

journalContract("in memory", () => {
  const journal = createMemoryJournal(() => Date.now() * 1_000);
  return Promise.resolve({ journal, [Symbol.asyncDispose]: journal.close });
});
