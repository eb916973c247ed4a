import { gatewaySettingNames } from "@kontor/gateway";

/** What the commands read, and the tests; whoever sets them for all must be able to start too. */
const ofCommands = ["KONTOR_URL", "KONTOR_EMAIL", "KONTOR_PASSWORD", "KONTOR_API_KEY", "KONTOR_REPLAY_DATA"];
const ofTests = ["KONTOR_FUZZ_SEED"];

/** More wrong letters than this make it another word. */
const mistakesMax = 3;

/** One readable line per variable that looks like a setting and is none: a misspelt one would do nothing, silently. */
export function unknownSettings(
  environment: Readonly<Record<string, string | undefined>>,
  own: readonly string[],
): readonly string[] {
  const known = [...own, ...gatewaySettingNames, ...ofCommands, ...ofTests];
  return Object.keys(environment)
    .filter((name) => /^kontor_/i.test(name) && !known.includes(name))
    .map((name) => {
      const nearest = nearestOf(name.toUpperCase(), known);
      return `${name}: there is no such setting${nearest === null ? "" : `; did you mean ${nearest}?`}`;
    });
}

function nearestOf(name: string, known: readonly string[]): string | null {
  const ranked = known.map((one) => ({ one, mistakes: distance(name, one) })).sort((a, b) => a.mistakes - b.mistakes);
  const [best] = ranked;
  return best !== undefined && best.mistakes <= mistakesMax ? best.one : null;
}

/** How many letters must be put in, left out or replaced to make one text of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
