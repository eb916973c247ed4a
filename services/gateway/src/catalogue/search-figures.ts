/** What the search of a process tells of itself. */
export type SearchFigures = {
  /** Marketplaces that can be searched, and those whose index is being built, for the first time or anew. */
  readonly indexes: number;
  readonly building: number;
  readonly products: number;
  readonly offers: number;
  readonly bytes: number;
  /** Texts that newer ones replaced, as a share: of the index with the most. */
  readonly deadShare: number;
  /** Age of the index that was built the longest ago. */
  readonly oldestMicros: number;
  /** Since when an index may not know of a change. */
  readonly lagMicros: number;
};
