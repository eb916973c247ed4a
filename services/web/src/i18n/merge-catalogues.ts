import type { Messages } from "./locales.ts";

/** All areas' messages of one language as one catalogue. An id begins with its area, so none can hide another. */
export function mergeCatalogues(files: Readonly<Record<string, Messages>>): Messages {
  return Object.assign({}, ...Object.values(files)) as Messages;
}
