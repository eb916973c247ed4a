export type KnownRoute = { readonly methods: readonly string[]; readonly url: string };

/** The methods that some route takes at this address; none when there is no such address. */
export function methodsAt(routes: readonly KnownRoute[], requestUrl: string): readonly string[] {
  const path = requestUrl.split("?", 1)[0] ?? "";
  const methods = new Set<string>();
  for (const route of routes) {
    if (!matches(route.url, path)) continue;
    for (const method of route.methods) methods.add(method);
  }
  return [...methods].sort();
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return false;
  return wanted.every((part, index) => (part.startsWith(":") ? given[index] !== "" : part === given[index]));
}
