import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync(new URL("../src/styles/tokens.css", import.meta.url), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");

type Tokens = Readonly<Record<string, string>>;

function block(start: string): Tokens {
  const from = css.indexOf(start);
  expect(from).toBeGreaterThanOrEqual(0);
  const body = css.slice(css.indexOf("{", from) + 1, css.indexOf("}", from));
  return Object.fromEntries([...body.matchAll(/--k-([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]));
}

const light = block(':root,\n[data-theme="light"]');
const dark = block('\n[data-theme="dark"]');

function luminance(hex: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(tokens: Tokens, front: string, back: string): number {
  const [high, low] = [luminance(tokens[front] ?? ""), luminance(tokens[back] ?? "")].sort((a, b) => b - a);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

const grounds = ["bg", "surface", "sunken"];
const onGrounds = ["text", "muted", "brand", "green", "red", "warn", "blue", "orange"];
const textPairs = [
  ...onGrounds.flatMap((front) => grounds.map((back) => [front, back] as const)),
  ...["green", "red", "warn", "blue", "orange", "brand"].flatMap((hue) => [
    [hue, `${hue}-bg`] as const,
    ["text", `${hue}-bg`] as const,
  ]),
  ["on-brand", "brand"] as const,
  ["on-danger", "red"] as const,
];
const borderPairs = ["control", "focus", "brand"].flatMap((front) => grounds.map((back) => [front, back] as const));

test.each([
  ["light", light],
  ["dark", dark],
])("every text of the %s theme has contrast 4.5 at least, every control's border 3", (_, tokens) => {
  const weak = [
    ...textPairs.map(([front, back]) => ({ front, back, least: 4.5 })),
    ...borderPairs.map(([front, back]) => ({ front, back, least: 3 })),
  ]
    .map((pair) => ({ ...pair, is: contrast(tokens, pair.front, pair.back) }))
    .filter(({ is, least }) => !(is >= least));
  expect(weak.map(({ front, back, is }) => `${front} on ${back}: ${is.toFixed(2)}`)).toEqual([]);
});

test("the system's dark theme is the chosen one", () => {
  expect(block('[data-theme="auto"]')).toEqual(dark);
  expect(Object.keys(light).sort()).toEqual(Object.keys(dark).sort());
});
