import { expect, test } from "vitest";
import { filesUnder, textOf } from "../runner/repository.ts";
import { lineAt, placesOf, wordsOf } from "./words.ts";

const glossary = "packages/docs/glossary.md";

type Ban = { readonly phrase: readonly string[]; readonly instead: string; readonly allowedIn: readonly string[] };

/** The rows of the glossary's last table. */
function readBans(markdown: string): Ban[] {
  const [, section = ""] = markdown.split("## Banned words");
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((row) => {
    const [banned = "", instead = "", allowed = ""] = row
      .split("|")
      .slice(1)
      .map((cell) => cell.trim());
    const allowedIn = allowed === "" ? [] : allowed.split(",").map((folder) => `${folder.trim()}/`);
    return { phrase: banned.toLowerCase().split(" "), instead, allowedIn };
  });
}

const bans = readBans(textOf(glossary));
const files = filesUnder().filter((path) => /\.(ts|tsx|mjs|sql|md|json)$/.test(path) && path !== glossary);

test("the glossary bans something, and there is something to judge", () => {
  expect(bans.length).toBeGreaterThan(10);
  expect(bans.filter(({ phrase, instead }) => phrase.join("") === "" || instead === "")).toEqual([]);
  expect(files.length).toBeGreaterThan(50);
});

test("no banned word is used", () => {
  const faults = files.flatMap((path) => {
    const text = `${path}\n${textOf(path)}`;
    const words = wordsOf(text);
    return bans
      .filter(({ allowedIn }) => !allowedIn.some((folder) => path.startsWith(folder)))
      .flatMap(({ phrase, instead }) =>
        placesOf(phrase, text, words).map((place) => {
          return `${path}:${lineAt(text, place) - 1} "${phrase.join(" ")}" is banned, use "${instead}"`;
        }),
      );
  });
  expect(faults).toEqual([]);
});

test("a phrase is found however it is joined, and not inside other words", () => {
  const phrase = ["quantity", "gap"];
  const places = (text: string): number => placesOf(phrase, text).length;
  expect(["quantityGap", "QUANTITY_GAPS", "quantity-gap", "the Quantity gap"].map(places)).toEqual([1, 1, 1, 1]);
  expect(["quantity. Gap", "disquantity gap", "quantityGapless", "gap quantity"].map(places)).toEqual([0, 0, 0, 0]);
});

test("each term has one row", () => {
  const [terms = ""] = textOf(glossary).split("## Banned words");
  const names = terms
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| term"))
    .flatMap((line) => (line.split("|")[1] ?? "").split(","))
    .map((name) => name.trim());
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
