/** The fields of a product's text, as the bits of a posting hold how often a word stands in each. */
export const TITLE = 0;
export const PART_NUMBER = 1;
export const BRAND = 2;
export const CLASS = 3;
export const ATTRIBUTE = 4;
export const DESCRIPTION = 5;
export const FIELDS = 6;

/** Where the count of a field begins in a posting's 16 bits, and the most that it tells. */
export const SHIFTS: readonly number[] = [0, 3, 4, 6, 8, 11];
export const MOSTS: readonly number[] = [7, 1, 3, 3, 7, 15];

/** What one mention in a field weighs, and how much the field's length takes from it (0 nothing, 1 in full). */
export type FieldWeights = { readonly weight: readonly number[]; readonly lengthShare: readonly number[] };
