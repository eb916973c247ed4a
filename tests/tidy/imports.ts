export type Import = {
  readonly specifier: string;
  /** Vanishes when the types are removed: `import type`, `export type`. */
  readonly typeOnly: boolean;
};

const statement = /^[ \t]*(?:import|export)\s+(type\s)?[^"';]*?from\s*["']([^"']+)["']/gm;
const bare = /^[ \t]*import\s*["']([^"']+)["']/gm;
const dynamic = /\bimport\(\s*["']([^"']+)["']\s*\)/g;

/** What a source file imports, in any form. Reads text: the compiler offers no JavaScript API. */
export function importsOf(source: string): Import[] {
  const found: Import[] = [];
  for (const [, type, specifier = ""] of source.matchAll(statement)) {
    found.push({ specifier, typeOnly: type !== undefined });
  }
  for (const [, specifier = ""] of source.matchAll(bare)) found.push({ specifier, typeOnly: false });
  for (const [, specifier = ""] of source.matchAll(dynamic)) found.push({ specifier, typeOnly: false });
  return found;
}

/** Package of a specifier: `@kontor/db/testing` → `@kontor/db`; undefined for files and Node's modules. */
export function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith(".") || specifier.startsWith("node:")) return undefined;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
