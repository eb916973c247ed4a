import { expect, test } from "vitest";
import { filesUnder, textOf } from "../runner/repository.ts";

type Options = Readonly<Record<string, unknown>>;
type RuleSetting = string | { readonly level: string; readonly options?: Options };
type Rules = Readonly<Record<string, string | { readonly [rule: string]: RuleSetting }>>;
type BiomeConfig = {
  readonly linter: { readonly rules: Rules };
  readonly overrides: readonly { readonly includes: readonly string[]; readonly linter?: { readonly rules: Rules } }[];
};

const config = JSON.parse(textOf("biome.json")) as BiomeConfig;

function settingOf(rules: Rules, group: string, rule: string): RuleSetting | undefined {
  const settings = rules[group];
  return settings === undefined || typeof settings === "string" ? undefined : settings[rule];
}

/** The rules that documents promise. */
const promised: Readonly<Record<string, Options>> = {
  "complexity/noExcessiveLinesPerFunction": { maxLines: 70 },
  "complexity/useMaxParams": { max: 3 },
  "correctness/noUndeclaredDependencies": {},
  "style/noNonNullAssertion": {},
  "style/noProcessEnv": {},
  "style/noDefaultExport": {},
  "style/useFilenamingConvention": { filenameCases: ["kebab-case"] },
  "suspicious/noExplicitAny": {},
  "suspicious/noImportCycles": {},
  "suspicious/noSkippedTests": {},
  "suspicious/noFocusedTests": {},
  "nursery/noFloatingPromises": {},
  "nursery/noMisusedPromises": {},
};

test.each(Object.entries(promised))("%s is an error", (path, options) => {
  const [group = "", rule = ""] = path.split("/");
  const setting = settingOf(config.linter.rules, group, rule);
  const full = typeof setting === "object" ? { options: {}, ...setting } : { level: setting, options: {} };
  expect(full).toMatchObject({ level: "error", options });
});

test("a rule is off only where this list says so", () => {
  const off = config.overrides.flatMap(({ includes, linter }) =>
    Object.entries(linter?.rules ?? {}).flatMap(([group, settings]) =>
      Object.entries(settings)
        .filter(([, setting]) => setting === "off")
        .map(([rule]) => `${group}/${rule}: ${includes.join(", ")}`),
    ),
  );
  expect(off.sort()).toEqual([
    "complexity/noExcessiveLinesPerFunction: **/*.spec.ts, **/testing/**, packages/bus/src/contract.ts",
    "style/noDefaultExport: **/*.config.ts, tests/runner/gates/knip-reporter.ts, tests/runner/skip-reporter.ts",
    "style/noProcessEnv: services/*/src/config.ts, services/standalone/launcher/**",
    "suspicious/noConsole: services/*/src/cli/**, db/src/cli/**, tests/**, **/*.bench.ts",
  ]);
});

/** Rules whose exceptions belong into biome.json, where this file counts them, not beside the code. */
const unsuppressable = new Set([
  "noExcessiveLinesPerFunction",
  "noExcessiveLinesPerFile",
  "noExplicitAny",
  "noImportCycles",
  "noNodejsModules",
  "noNonNullAssertion",
  "noRestrictedGlobals",
  "noRestrictedImports",
  "noUndeclaredDependencies",
  "useMaxParams",
]);
const compilerSuppression = /@ts-(?:ignore|nocheck|expect-error)/;
const provenTypeError = /@ts-expect-error \S/;

function suppressionsIn(path: string): string[] {
  const text = textOf(path);
  const rules = [...text.matchAll(/biome-ignore[a-z-]* lint\/\w+\/(\w+)/g)].map(([, rule = ""]) => rule);
  const faults = rules
    .filter((rule) => unsuppressable.has(rule) || (rule === "noProcessEnv" && !path.startsWith("tests/")))
    .map((rule) => `${path} suppresses ${rule}; follow it`);
  const provesTypes = path.endsWith(".spec.ts") && provenTypeError.test(text);
  if (compilerSuppression.test(text) && !provesTypes) faults.push(`${path} suppresses the compiler; fix the type`);
  return faults;
}

test("no comment switches a rule of the house or the compiler off", () => {
  const files = filesUnder().filter((path) => /\.(ts|tsx|mjs)$/.test(path) && path !== "tests/tidy/lint-rules.spec.ts");
  expect(files.flatMap(suppressionsIn)).toEqual([]);
});
