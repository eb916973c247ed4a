/** How the forms of a word are brought together: the first rule whose ending fits decides. */
type Stemming = {
  /** Ending, what comes instead, and the letters that must be left before it. */
  readonly rules: readonly (readonly [ending: string, instead: string, left: number])[];
  /** Words too common to ask for; "without" too: what lacks something names it as often as what has it. */
  readonly stopWords: ReadonlySet<string>;
  /** Words in a title after which follows what a thing is meant for, no longer what it is. */
  readonly purposes: ReadonlySet<string>;
};

const endings = (list: string, left: number): readonly (readonly [string, string, number])[] =>
  list.split(" ").map((ending) => [ending, "", left] as const);

const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));

/** Light stemming: number and case, not the word's kind, so that "printer" and "printing" stay apart. */
const english: Stemming = {
  rules: [
    ["sses", "ss", 1],
    ["ss", "ss", 1],
    ["us", "us", 1],
    ["is", "is", 1],
    ["ies", "y", 2],
    ["xes", "x", 1],
    ["ches", "ch", 2],
    ["shes", "sh", 2],
    ["zes", "ze", 2],
    ["women", "woman", 0],
    ["men", "man", 0],
    ["children", "child", 0],
    ["feet", "foot", 0],
    ["s", "", 2],
  ],
  stopWords: words("a an and are as at be by for from in into is it of on or per that the their this to with your"),
  purposes: words("for compatible fits suitable"),
};

const german: Stemming = {
  rules: endings("ern em en er es e n s", 4),
  stopWords: words(
    "als am an auf aus bei das dem den der des die ein eine einen einer fur im in ist mit oder und von zu zum zur ohne nicht kein",
  ),
  purposes: words("fur kompatibel passend"),
};

const french: Stemming = {
  rules: [["eaux", "eau", 1], ["aux", "al", 2], ...endings("es s x e", 3)],
  stopWords: words("a au aux avec d dans de des du en et l la le les ou par pour sur un une sans pas"),
  purposes: words("pour compatible"),
};

const spanish: Stemming = {
  rules: [["ces", "z", 3], ...endings("es os as s o a e", 3)],
  stopWords: words("a al con de del e el en la las lo los o para por un una y"),
  purposes: words("para compatible"),
};

const italian: Stemming = {
  rules: endings("i e o a", 3),
  stopWords: words("a al alla con da dei del della di e ed il in la le lo o per su un una senza non"),
  purposes: words("per compatibile"),
};

const russian: Stemming = {
  rules: endings(
    "иями ями ами ого его ому ему ыми ими иях ях ах ии ие ия ев ов еи ои ыи ии ая яя ое ее ые ую юю ых их ым им ом ем ам ям а я о е ы и у ю ь",
    3,
  ),
  stopWords: words("в во для до и из или к на не о от по под при с со у без"),
  purposes: words("для под"),
};

const none: Stemming = { rules: [], stopWords: new Set(), purposes: new Set() };

const stemmings: ReadonlyMap<string, Stemming> = new Map([
  ["en", english],
  ["de", german],
  ["fr", french],
  ["es", spanish],
  ["it", italian],
  ["ru", russian],
]);

/** Of a language's primary tag ("de", also "de-AT"); another language keeps its words as they are. */
export function stemmingOf(language: string): Stemming {
  return stemmings.get(language.split("-", 1)[0] ?? "") ?? none;
}

/** Of a folded word. Words with digits are names of things and stay. */
export function stemOf(word: string, stemming: Stemming): string {
  if (word.length < 3 || hasDigit(word)) return word;
  for (const [ending, instead, left] of stemming.rules) {
    if (word.length >= ending.length + left && word.endsWith(ending)) {
      return word.slice(0, word.length - ending.length) + instead;
    }
  }
  return word;
}

export function hasDigit(word: string): boolean {
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at);
    if (unit >= 48 && unit <= 57) return true;
  }
  return false;
}
export type { Stemming };
