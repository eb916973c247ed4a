import { isAbsolute, relative, sep } from "node:path";
import type { Gate } from "../gate.ts";
import { GateBlind } from "../gate.ts";
import { root, typeScriptFiles } from "../repository.ts";
import { tools } from "../tools.ts";

/** Every package under its own tsconfig. Every TypeScript file must belong to one of the projects. */
export const typeScriptGate: Gate = {
  name: "typescript",
  args: [tools.tsc, "-b", "--force", "--listFiles"],
  seen: (output) => compilerSaw(output, { base: root, mustSee: typeScriptFiles() }),
  readable: (output) => withoutListing(output),
};

type Sight = { readonly base: string; readonly mustSee: readonly string[] };

/** Compares the files the compiler listed with those that exist. */
export function compilerSaw(output: string, { base, mustSee }: Sight): string {
  const listed = new Set(
    output
      .split("\n")
      .filter((line) => isAbsolute(line))
      .map((line) => relative(base, line.trim()).split(sep).join("/")),
  );
  const unseen = mustSee.filter((path) => !listed.has(path));
  if (mustSee.length === 0) throw new GateBlind("there is no TypeScript file to check");
  if (unseen.length > 0) {
    throw new GateBlind(
      `no project of tsconfig.json includes ${unseen.slice(0, 10).join(", ")} (${unseen.length} files)`,
    );
  }
  return `${mustSee.length} files`;
}

function withoutListing(output: string): string {
  return output
    .split("\n")
    .filter((line) => !isAbsolute(line))
    .join("\n");
}
