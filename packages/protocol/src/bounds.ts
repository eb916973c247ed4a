/**
 * What the wire takes. Engines, host and database keep to the same bounds, which stand in the kernel's `limits` under
 * the same names: this package imports none of ours, so a test compares the two.
 */
export const bounds = {
  keyLengthMin: 8,
  keyLengthMax: 64,
  pageDefault: 50,
  pageMax: 200,
  partsPerShardMax: 200,
  textMax: 10_000,
  titleMax: 200,
  reasonMax: 2_000,
  priceScaleMax: 6,
  ledgerReferenceMax: 200,
  assetScaleMax: 12,
  allocationReceiptsMax: 50,
  importFileBytesMax: 2_147_483_648,
  importPartBytesMax: 4_194_304,
  instantYearMin: 1970,
  instantYearMax: 2199,
  durationMsMax: 31_622_400_000,
  randomEndMsMax: 3_600_000,
  softCloseCapMs: 86_400_000,
} as const;

/** Amounts; the kernel has the same pattern. */
export const decimalPattern = /^-?(0|[1-9]\d{0,17})(\.\d{1,18})?$/;

/** RFC 3339 instant ending in Z, with up to six fraction digits, in the years of `bounds`; 31 February has the form too. */
export const instantPattern =
  /^(?:19[7-9]|20\d|21\d)\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?Z$/;
