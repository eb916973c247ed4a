import type { ProblemKind } from "../problems.ts";

const kind = (status: number, title: string): ProblemKind => ({ status, title, transient: false });

/** Every refusal of imported catalogues. Codes are permanent: never renamed, never reused. */
export const importRefusals = {
  import_unknown: kind(404, "There is no such import for you."),
  import_mapping_unknown: kind(404, "Your company has no such mapping."),
  import_state_wrong: kind(409, "The import is in a state that does not allow this."),
  import_offset_wrong: kind(409, "The bytes do not follow those that were received."),
  import_part_empty: kind(422, "There are no bytes in it."),
  import_file_too_large: kind(413, "The file is larger than imports may be."),
  import_upload_incomplete: kind(409, "Not all bytes of the file have been received."),
  import_file_unreadable: kind(422, "The file cannot be read."),
  import_mapping_wrong: kind(422, "The file cannot be read by this mapping."),
  import_list_unknown: kind(422, "Your company has no such price list."),
  import_rows_removed: kind(410, "What was kept of the import's rows has been removed."),
} as const satisfies Readonly<Record<`import_${string}`, ProblemKind>>;
