import { expect, test } from "vitest";
import { filesUnder, textOf } from "../runner/repository.ts";

const linesMax = 400;
const medianMax = 120;

const sizes = filesUnder()
  .filter((path) => /\.(ts|tsx|mjs)$/.test(path))
  .map((path) => ({ path, lines: textOf(path).split("\n").length - 1 }));

test(`no source file has more than ${linesMax} lines`, () => {
  expect(sizes.length).toBeGreaterThan(50);
  const long = sizes.filter(({ lines }) => lines > linesMax);
  expect(long.map(({ path, lines }) => `${path} has ${lines} lines; split it by concept`)).toEqual([]);
});

test(`half of the source files have at most ${medianMax} lines`, () => {
  const ordered = sizes.map(({ lines }) => lines).sort((a, b) => a - b);
  expect(ordered[Math.floor(ordered.length / 2)]).toBeLessThanOrEqual(medianMax);
});
