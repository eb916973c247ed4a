/** Languages that BMEcat writes with three letters, by the tags that we write. */
const threeLetters: Readonly<Record<string, string>> = {
  ar: "ara",
  bg: "bul",
  bs: "bos",
  ca: "cat",
  cs: "ces",
  da: "dan",
  de: "deu",
  el: "ell",
  en: "eng",
  es: "spa",
  et: "est",
  eu: "eus",
  fi: "fin",
  fr: "fra",
  ga: "gle",
  he: "heb",
  hi: "hin",
  hr: "hrv",
  hu: "hun",
  is: "isl",
  it: "ita",
  ja: "jpn",
  ko: "kor",
  lt: "lit",
  lv: "lav",
  mk: "mkd",
  mt: "mlt",
  nb: "nob",
  nl: "nld",
  nn: "nno",
  no: "nor",
  pl: "pol",
  pt: "por",
  ro: "ron",
  ru: "rus",
  sk: "slk",
  sl: "slv",
  sq: "sqi",
  sr: "srp",
  sv: "swe",
  tr: "tur",
  uk: "ukr",
  vi: "vie",
  zh: "zho",
};

/** What libraries call some of them, which the standard allows too. */
const otherwise: Readonly<Record<string, string>> = {
  alb: "sq",
  baq: "eu",
  chi: "zh",
  cze: "cs",
  dut: "nl",
  fre: "fr",
  ger: "de",
  gre: "el",
  ice: "is",
  mac: "mk",
  rum: "ro",
  slo: "sk",
};

const tags: ReadonlyMap<string, string> = new Map([
  ...Object.entries(threeLetters).map(([tag, code]) => [code, tag] as const),
  ...Object.entries(otherwise),
]);

/** The tag of a language as files write it: `deu`, `DEU`, `ger`, `de`; null where it is none. */
export function languageTagOf(written: string): string | null {
  const code = written.trim().toLowerCase().split(/[-_]/)[0] ?? "";
  if (Object.hasOwn(threeLetters, code)) return code;
  return tags.get(code) ?? null;
}

/** The code of three letters of a tag, without its region; null where BMEcat has none. */
export function languageCodeOf(tag: string): string | null {
  return threeLetters[tag.split("-")[0] ?? ""] ?? null;
}
