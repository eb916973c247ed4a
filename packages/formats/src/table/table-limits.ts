/** Bounds of what is read. Beyond them a file is refused with a code, so that none can exhaust the process. */
export const tableLimits = {
  /** Bytes that are looked at to tell format, encoding, separator and decimal marks. */
  sampleBytes: 262_144,
  /** Rows of the sample. */
  sampleRows: 500,
  /** Characters of one row. A quote that is never closed ends its row here, and reading goes on behind the row's line. */
  rowCharsMax: 1_048_576,
  columnsMax: 16_384,
  /** Rows among which the row of column names is looked for. */
  headerRowsMax: 30,
  /** Unpacked bytes of a workbook's small parts, and of its sheet or its texts. */
  partBytesMax: 33_554_432,
  sheetBytesMax: 17_179_869_184,
  /** Bytes of a workbook's shared texts that are kept in memory; those beyond are kept in a file. */
  sharedTextBytesInMemory: 67_108_864,
  sharedTextsMax: 50_000_000,
} as const;
