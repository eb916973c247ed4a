import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { shippedLists } from "../generator/lists.ts";

/**
 * Makes the code lists that the package ships from a folder with the source lists; SOURCES.md says where those are from.
 *
 *   node src/cli/generate-lists.ts --data <folder>           writes the lists
 *   node src/cli/generate-lists.ts --data <folder> --check   ends with 1 if a list differs from what is shipped
 */
function main(): void {
  const options = { data: { type: "string" }, check: { type: "boolean", default: false } } as const;
  const { data, check } = parseArgs({ options }).values;
  if (data === undefined) throw new Error("--data names the folder with the source lists");
  const shipped = join(dirname(fileURLToPath(import.meta.url)), "..");
  const differing: string[] = [];
  for (const { file, lines } of shippedLists({ read: (path) => readFileSync(join(data, path), "utf8") })) {
    const path = join(shipped, file);
    const text = `${JSON.stringify(lines.join("\n"))}\n`;
    if (!check) writeFileSync(path, text);
    else if (readFileSync(path, "utf8") !== text) differing.push(file);
    process.stdout.write(`${file} ${lines.length} rows, ${Buffer.byteLength(text)} bytes\n`);
  }
  for (const file of differing) process.stderr.write(`${file} is not what the source lists say\n`);
  process.exitCode = differing.length === 0 ? 0 : 1;
}

main();
