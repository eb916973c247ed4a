import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { filesUnder, root, textOf } from "../runner/repository.ts";

const documents = filesUnder().filter((path) => path.endsWith(".md"));
const linesOf = (path: string): number => textOf(path).split("\n").length - 1;

test("the documents are there", () => {
  const required = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "packages/docs/glossary.md"];
  expect(required.filter((path) => !documents.includes(path))).toEqual([]);
  expect(existsSync(join(root, "LICENSE"))).toBe(true);
  expect(documents.filter((path) => path.startsWith("packages/docs/recipes/")).length).toBeGreaterThan(0);
});

test("ARCHITECTURE.md stays under 300 lines", () => {
  expect(linesOf("ARCHITECTURE.md")).toBeLessThan(300);
});

test("README.md fits one screen and names the two commands", () => {
  expect(linesOf("README.md")).toBeLessThanOrEqual(80);
  expect(textOf("README.md")).toContain("npm start");
  expect(textOf("README.md")).toContain("npm test");
});

const decisions = documents.filter((path) => /^packages\/docs\/adr\/\d/.test(path));

test("there are decisions", () => {
  expect(decisions.length).toBeGreaterThan(0);
});

test.each(decisions)("%s has number, title, status, date and one page", (path) => {
  const [, number = ""] = /\/(\d{4})-[a-z0-9-]+\.md$/.exec(path) ?? [];
  const text = textOf(path);
  expect(text).toMatch(new RegExp(`^# ${number} \\S`));
  expect(text).toMatch(/^Status: (?:proposed|accepted|superseded by \d{4})$/m);
  expect(text).toMatch(/^Date: \d{4}-\d{2}-\d{2}$/m);
  for (const section of ["Context", "Decision", "Consequences"]) expect(text).toContain(`\n## ${section}\n`);
  expect(linesOf(path)).toBeLessThanOrEqual(80);
});

test("no two decisions share a number", () => {
  const numbers = decisions.map((path) => /\/(\d{4})-/.exec(path)?.[1]);
  expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
});

/** Targets of Markdown links, without those to other hosts and code blocks. */
function linksOf(markdown: string): string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, "").replace(/`[^`\n]*`/g, "");
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target));
}

/** The anchors that a renderer makes from the headings. */
function anchorsOf(markdown: string): string[] {
  const headings = [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replace(/ /g, "-"),
  );
}

test("links lead somewhere", () => {
  const faults = documents.flatMap((path) =>
    linksOf(textOf(path))
      .filter((target) => {
        const [file = "", anchor] = target.split("#");
        const full = file === "" ? join(root, path) : join(root, dirname(path), decodeURIComponent(file));
        if (!existsSync(full)) return true;
        if (anchor === undefined || statSync(full).isDirectory()) return false;
        return !anchorsOf(file === "" ? textOf(path) : textOf(join(dirname(path), file))).includes(anchor);
      })
      .map((target) => `${path} links to ${target}, which does not exist`),
  );
  expect(documents.flatMap((path) => linksOf(textOf(path))).length).toBeGreaterThan(5);
  expect(faults).toEqual([]);
});

test("links in code blocks and to other hosts are left alone", () => {
  expect(linksOf("[a](b.md#c) `[d](e.md)` [f](https://example.org)\n```\n[g](h.md)\n```\n")).toEqual(["b.md#c"]);
  expect(anchorsOf("# One, two\n## The `path` of a bid\n")).toEqual(["one-two", "the-path-of-a-bid"]);
});
