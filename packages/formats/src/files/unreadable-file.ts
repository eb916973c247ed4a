/**
 * Why a file cannot be read, as a whole or from some place on. Codes are permanent.
 *
 * - `file_empty`           no byte, or nothing but blanks
 * - `file_is_old_excel`    a workbook of before 2007, or one with a password: both look the same from outside
 * - `file_is_binary`       neither text nor a workbook
 * - `file_is_xml`          XML where a table was expected
 * - `file_not_bmecat`      XML that is no BMEcat, or no XML where BMEcat was expected
 * - `zip_broken`           a workbook whose archive is damaged or cut off
 * - `workbook_broken`      a workbook without the parts it must have, or with parts that are no XML
 * - `sheet_missing`        no sheet of that name
 * - `header_missing`       no row of column names where one was said to be
 * - `row_too_long`         a row of more characters or columns than `tableLimits` allow
 * - `file_too_large`       parts that unpack to more than `tableLimits` allow
 * - `xml_broken`           XML that does not parse on
 */
export const unreadableFileCodes = [
  "file_empty",
  "file_is_old_excel",
  "file_is_binary",
  "file_is_xml",
  "file_not_bmecat",
  "zip_broken",
  "workbook_broken",
  "sheet_missing",
  "header_missing",
  "row_too_long",
  "file_too_large",
  "xml_broken",
] as const;

export type UnreadableFileCode = (typeof unreadableFileCodes)[number];

/** Thrown while a file is opened or read on. What was read before it stands. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
  readonly code: UnreadableFileCode;
  /** What to do about it, in plain words. */
  readonly hint: string;

  constructor(code: UnreadableFileCode, message: string, options: ErrorOptions & { readonly hint: string }) {
    super(message, options);
    this.code = code;
    this.hint = options.hint;
  }
}
