import { openDatabaseJournal } from "./database-journal.ts";
import { journalContract } from "./journal-contract.ts";

journalContract("Postgres", openDatabaseJournal);
