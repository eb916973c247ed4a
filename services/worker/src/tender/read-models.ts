import { tenderRows } from "@kontor/db";
import type { TenderEvent } from "@kontor/protocol";
import { factsOf } from "../facts.ts";
import type { ReadModels } from "../read-models.ts";
import { projectAwards } from "./awards.ts";
import { projectBids } from "./bids.ts";
import { projectContracts } from "./contracts.ts";
import { projectInitialPrices } from "./initial-prices.ts";
import { projectLiveLots } from "./live-lots.ts";
import { projectLots } from "./lots.ts";
import { projectNotices } from "./notices.ts";
import { projectQuestions } from "./questions.ts";
import type { Fact, Projection, Records } from "./records.ts";
import { recordsOf, rowsChanged } from "./records.ts";
import { rowsWantedBy } from "./rows-wanted.ts";
import { readOpenedPrices } from "./sealed-prices.ts";
import { projectSuppliers } from "./suppliers.ts";
import { projectTenders } from "./tenders.ts";

/** In the order in which they see an event. */
const projections: readonly Projection[] = [
  projectTenders,
  projectSuppliers,
  projectLots,
  projectLiveLots,
  projectBids,
  projectInitialPrices,
  projectAwards,
  projectContracts,
  projectQuestions,
  projectNotices,
];

export const tenderReadModels: ReadModels = {
  async project(tx, { journal, batch: { shard, entries } }) {
    const facts: Fact[] = factsOf<TenderEvent>(entries);
    const opens = facts.findLast(({ event }) => event.type === "initial_prices_opened");
    const openedPrices = opens === undefined ? new Map() : await readOpenedPrices(journal, shard, opens.seq);
    const wanted = rowsWantedBy(
      shard,
      facts.map(({ event }) => event),
    );
    const records = recordsOf(await tx.load(tenderRows, wanted), openedPrices);
    follow(records, facts);
    return await tx.save(tenderRows, rowsChanged(records));
  },
};

export function follow(records: Records, facts: readonly Fact[]): void {
  for (const fact of facts) for (const projection of projections) projection(records, fact);
}
