import { exchangeReadModels } from "./exchange/read-models.ts";
import type { ReadModels } from "./read-models.ts";
import { tenderReadModels } from "./tender/read-models.ts";

/** Read models of each mechanism. Shards of others have outcomes only. */
export const mechanisms: ReadonlyMap<string, ReadModels> = new Map([
  ["tender", tenderReadModels],
  ["exchange", exchangeReadModels],
]);
