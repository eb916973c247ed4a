import { expect, test } from "vitest";
import { filesUnder, textOf } from "../runner/repository.ts";
import { lineAt } from "./words.ts";

type Ban = {
  readonly pattern: RegExp;
  readonly message: string;
  /** Files it applies to. */
  readonly where: RegExp;
};

const code = /\.(ts|tsx|mjs|sql)$/;
const anyText = /\.(ts|tsx|mjs|sql|md|json|jsonc|yaml|yml|patch)$|^\.(npmrc|gitignore|editorconfig|ci\/run)$/;

const bans: readonly Ban[] = [
  { pattern: /\b(TODO|FIXME|HACK)\b/g, message: "an open end is banned: finish it or leave it out", where: anyText },
  {
    pattern: /\b(?:test|it|describe|suite)(?:\.\w+)*\.(?:skip|only|todo|fails|skipIf)\b/g,
    message: "a skipped or focused test is banned: assert what happens today",
    where: /\.spec\.ts$/,
  },
  {
    // Recorded data is large and lies beside the repository; those tests alone may find it missing.
    pattern: /\.runIf\(/g,
    message: "a conditional test is banned: make what it needs",
    where: /^(?!tests\/replay\/).*\.spec\.ts$/,
  },
  {
    pattern: /\b(?:skip|only|todo): true\b|\bcontext\.skip\(|\bctx\.skip\(/g,
    message: "a skipped or focused test is banned: assert what happens today",
    where: /\.spec\.ts$/,
  },
  {
    pattern: /(?<![.\w])skip\((?!.*, "no (?:replay data|Chromium)"\))/g,
    message: "a test is skipped for want of recorded data or a browser alone, and says so: assert what happens today",
    where: /\.spec\.ts$/,
  },
  {
    pattern: /(?<![\w.$}])\/(?:work|root|home|Users)\/[\w.-]/g,
    message: "a path of one machine is banned: derive it from import.meta.url or take it from the configuration",
    where: anyText,
  },
  {
    pattern: /\bhttps?:\/\/(?:registry\.|[\w.-]*(?:npmjs|npmmirror|yarnpkg|verdaccio|artifactory|jfrog))/g,
    message: "a registry's host is banned: each machine has its own",
    where: /(?:^|\/)(?:package\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml|\.npmrc)$/,
  },
  {
    pattern: /^\s*tarball:/gm,
    message: "a tarball address in the lockfile is banned: it names a registry's host",
    where: /^pnpm-lock\.yaml$/,
  },
  {
    pattern: /\bconst enum\b|\bas any\b|:\s*any\b(?=[,;)\]])/g,
    message: "any is banned: use unknown and narrow it",
    where: code,
  },
];

/** These hold what they look for. */
const quoting = new Set(["tests/tidy/text-bans.spec.ts", "tests/tidy/planted-lint.spec.ts"]);
const files = filesUnder().filter((path) => !quoting.has(path));

test.each(bans)("$message", ({ pattern, message, where }) => {
  const judged = files.filter((path) => where.test(path));
  expect(judged.length).toBeGreaterThan(0);
  const faults = judged.flatMap((path) => {
    const text = textOf(path);
    return [...text.matchAll(pattern)].map(
      (match) => `${path}:${lineAt(text, match.index)} ${match[0].trim()}: ${message}`,
    );
  });
  expect(faults).toEqual([]);
});
