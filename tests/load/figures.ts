/** One line of JSON per figure: what was measured, its unit, and the peer it is to be seen beside. */
export type Figure = {
  readonly bench: string;
  readonly figure: string;
  readonly unit: string;
  readonly value: number;
} & {
  readonly [detail: string]: string | number | boolean;
};

export function print(figure: Figure): void {
  const rounded = Object.entries(figure).map(([name, value]) => [
    name,
    typeof value === "number" ? round(value) : value,
  ]);
  console.log(JSON.stringify(Object.fromEntries(rounded)));
}

function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The smallest value that so many percent do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const ordered = [...values].sort((a, b) => a - b);
  return ordered[Math.max(0, Math.ceil((ordered.length * percent) / 100) - 1)] ?? Number.NaN;
}

/** Options of a bench as `--name value`; every one has a default, so that a bench runs without any. */
export function benchOptions<Name extends string>(defaults: Readonly<Record<Name, number>>): Record<Name, number> {
  const options: Record<Name, number> = { ...defaults };
  const args = process.argv.slice(2);
  for (let index = 0; index < args.length; index += 2) {
    const name = (args[index] ?? "").replace(/^--/, "");
    const value = Number(args[index + 1]);
    if (!(name in defaults) || !Number.isFinite(value)) {
      throw new RangeError(
        `options are ${Object.keys(defaults)
          .map((known) => `--${known} <number>`)
          .join(" ")}`,
      );
    }
    options[name as Name] = value;
  }
  return options;
}
