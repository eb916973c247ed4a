type Headers = Readonly<Record<string, string>>;

/** The document must still have the version that was read. */
export function ifMatch(version: number): Headers {
  return { "if-match": `"${version}"` };
}

/** Without a version there must be no document yet. */
export function ifFirstOrMatch(version: number | undefined): Headers {
  return version === undefined ? { "if-none-match": "*" } : ifMatch(version);
}
