import fc from "fast-check";

/** One wrong thing about a value: where (the nth place of it, counted round) and what. */
export type Mutation = { readonly at: number; readonly poison: Poison };
export type Poison =
  | { readonly kind: "replace"; readonly value: unknown }
  | { readonly kind: "drop" }
  | { readonly kind: "add"; readonly name: string; readonly value: unknown }
  | { readonly kind: "numeric" }
  | { readonly kind: "stretch"; readonly times: number };

const long = "x".repeat(20_000);
const nested = (depth: number): unknown => {
  let value: unknown = "deep";
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};

/** Texts that break careless code: control characters, half characters, other alphabets, other people's languages. */
const nastyTexts = fc.constantFrom(
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "\udfff lone",
  "\u202e\u2066",
  "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ﷽ é",
  "'; drop table tenders; --",
  '" or 1=1',
  "{{lotId:1}}",
  "../../etc/passwd",
  "%00%ff",
  "NaN",
  "Infinity",
  "1e400",
  "-0",
  "+1",
  "0x10",
  "١٢٣",
  "null",
  "undefined",
  "[object Object]",
  long,
);
const wrongValues = fc.oneof(
  nastyTexts,
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 8900, 1e308, 2 ** 53, [], {}, [[]], [null]),
  fc.nat(60).map(nested),
  fc.constant(nested(2_000)),
  fc.jsonValue({ maxDepth: 3 }),
);
const strangeNames = fc.constantFrom(
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "",
  "a b",
  "\u0000",
  "type",
  "actor",
  "at",
  long,
);

export const mutations: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(10_000),
  poison: fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("replace" as const), value: wrongValues }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("drop" as const) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("add" as const), name: strangeNames, value: wrongValues }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("numeric" as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("stretch" as const), times: fc.integer({ min: 2, max: 300 }) }),
    },
  ),
});

type Place = { readonly parent: Record<string, unknown> | unknown[]; readonly name: string };

/** The value with one thing wrong; the value itself is left alone. */
export function mutated(value: unknown, { at, poison }: Mutation): unknown {
  const whole = { root: structuredClone(value) };
  const places = [...placesIn(whole)];
  const place = places[at % places.length];
  if (place !== undefined) apply(place, poison);
  return whole.root;
}

function* placesIn(parent: Record<string, unknown> | unknown[]): Generator<Place> {
  for (const [name, member] of Object.entries(parent)) {
    yield { parent, name };
    if (typeof member === "object" && member !== null) yield* placesIn(member as Record<string, unknown>);
  }
}

function apply({ parent, name }: Place, poison: Poison): void {
  const holder = parent as Record<string, unknown>;
  const value = holder[name];
  const set = (target: object, key: string, next: unknown): void => {
    // Plain assignment of "__proto__" would set the prototype instead of a member.
    Object.defineProperty(target, key, { value: next, enumerable: true, configurable: true, writable: true });
  };
  switch (poison.kind) {
    case "replace":
      return set(holder, name, poison.value);
    case "drop":
      if (Array.isArray(parent)) parent.splice(Number(name), 1);
      else delete holder[name];
      return;
    case "add":
      return set(typeof value === "object" && value !== null ? value : holder, poison.name, poison.value);
    case "numeric":
      return set(holder, name, Number(value));
    case "stretch":
      return set(
        holder,
        name,
        Array.isArray(value)
          ? Array.from({ length: poison.times }, () => value[0])
          : String(value).repeat(poison.times),
      );
  }
}
