import type { RankingRules } from "./ranking.ts";

/**
 * One set of weights for every catalogue, in the order of the fields: title, part number, brand, class, attribute,
 * description. A title says what a thing is, an attribute or a description also what it fits; long titles list what else
 * comes to mind, part numbers are never too long. What follows "for" in a title counts as description.
 */
export const rankingRules: RankingRules = {
  weight: [6, 2, 2, 1.5, 0.5, 0.7],
  lengthShare: [0.5, 0, 0.3, 0.75, 0.75, 0.75],
  coveragePower: 1,
};
