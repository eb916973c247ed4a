import { projectAwards } from "./projections/awards.ts";
import { projectBids } from "./projections/bids.ts";
import { projectContracts } from "./projections/contracts.ts";
import { projectInitialPrices } from "./projections/initial-prices.ts";
import { projectLiveLots } from "./projections/live-lots.ts";
import { projectLots } from "./projections/lots.ts";
import { projectNotices } from "./projections/notices.ts";
import { projectQuestions } from "./projections/questions.ts";
import { projectSuppliers } from "./projections/suppliers.ts";
import { projectTenders } from "./projections/tenders.ts";
import type { Projection } from "./records.ts";

/** Projections of each mechanism, in the order in which they see an event. Shards of others have outcomes only. */
export const mechanisms: ReadonlyMap<string, readonly Projection[]> = new Map([
  [
    "tender",
    [
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
    ],
  ],
]);
