/** A quantity as an exact fraction of SI's base units and their powers, such as 1/1000 of kg·m^-3. */
export type Quantity = {
  readonly num: bigint;
  readonly den: bigint;
  /** Powers by base unit; none is zero. */
  readonly powers: Readonly<Record<string, number>>;
};

export function quantity(num: bigint, den = 1n, powers: Readonly<Record<string, number>> = {}): Quantity {
  const shared = greatestDivisor(num < 0n ? -num : num, den);
  const kept = Object.entries(powers).filter(([, power]) => power !== 0);
  return { num: num / shared, den: den / shared, powers: Object.fromEntries(kept) };
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestDivisor(b, a % b);
}

export const one = quantity(1n);

export function times(a: Quantity, b: Quantity): Quantity {
  const names = new Set([...Object.keys(a.powers), ...Object.keys(b.powers)]);
  const powers = [...names].map((name) => [name, (a.powers[name] ?? 0) + (b.powers[name] ?? 0)] as const);
  return quantity(a.num * b.num, a.den * b.den, Object.fromEntries(powers));
}

export function toPower(a: Quantity, power: number): Quantity {
  const exponent = BigInt(Math.abs(power));
  const [num, den] = power < 0 ? [a.den, a.num] : [a.num, a.den];
  const powers = Object.entries(a.powers).map(([name, one]) => [name, one * power] as const);
  return quantity(num ** exponent, den ** exponent, Object.fromEntries(powers));
}

export function over(a: Quantity, b: Quantity): Quantity {
  return times(a, toPower(b, -1));
}

/** An exact fraction from a decimal with a point, and a power of ten: "25.4" and -3 are 127/5000. */
export function decimal(text: string, exponent = 0): Quantity {
  const [whole = "0", fraction = ""] = text.split(".");
  const shift = exponent - fraction.length;
  const digits = BigInt(whole + fraction);
  return shift < 0 ? quantity(digits, 10n ** BigInt(-shift)) : quantity(digits * 10n ** BigInt(shift));
}

/** Base units in the order in which the field writes them. */
const order = ["kg", "m", "s", "A", "K", "mol", "cd", "rad", "sr", "bit"];

/** The powers as text, such as `kg·m^-3`; `1` where there are none. */
export function dimensionOf({ powers }: Quantity): string {
  const place = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  const names = Object.keys(powers).sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
  const parts = names.map((name) => (powers[name] === 1 ? name : `${name}^${powers[name]}`));
  return parts.length === 0 ? "1" : parts.join("·");
}
