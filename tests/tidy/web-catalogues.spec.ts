import { expect, test } from "vitest";
import { filesUnder, textOf } from "../runner/repository.ts";

const folder = "services/web/src/i18n/catalogues";
const languages = ["en", "es", "fa", "fr", "he", "ru", "zh"];
const catalogues = filesUnder().filter((path) => path.startsWith(`${folder}/`));
const areas = [...new Set(catalogues.map((path) => path.slice(folder.length + 1).split("/")[0] ?? ""))];

type Messages = Readonly<Record<string, string>>;
const messagesOf = (area: string, language: string): Messages =>
  JSON.parse(textOf(`${folder}/${area}/${language}.json`)) as Messages;

const place = /(?<!\b(?:zero|one|two|few|many|other)\s*|=\d+\s*)\{\s*(\w+)\s*[,}]/g;

/** The names of what is put into a message; what stands inside plural forms is text. */
const placesIn = (message: string): readonly string[] =>
  [...new Set([...message.matchAll(place)].map(([, name = ""]) => name))].sort();

test("every area has all languages and nothing else", () => {
  expect(areas.length).toBeGreaterThan(1);
  const wanted = areas.flatMap((area) => languages.map((language) => `${folder}/${area}/${language}.json`));
  expect(catalogues).toEqual(wanted.sort());
});

test.each(areas)("%s: no message is missing or superfluous, and each takes what the English one takes", (area) => {
  const master = messagesOf(area, "en");
  const faults = languages.flatMap((language) => {
    const messages = messagesOf(area, language);
    const missing = Object.keys(master).filter((id) => (messages[id] ?? "").trim() === "");
    const superfluous = Object.keys(messages).filter((id) => master[id] === undefined);
    const other = Object.keys(master).filter(
      (id) =>
        messages[id] !== undefined && placesIn(messages[id]).some((name) => !placesIn(master[id] ?? "").includes(name)),
    );
    return [
      ...missing.map((id) => `${language} lacks ${id}`),
      ...superfluous.map((id) => `${language} has ${id}, which English has not`),
      ...other.map((id) => `${language} puts something else into ${id}`),
    ];
  });
  expect(faults).toEqual([]);
});

test.each(areas)("%s: every id says its area first", (area) => {
  expect(Object.keys(messagesOf(area, "en")).filter((id) => !id.startsWith(`${area}.`))).toEqual([]);
});
