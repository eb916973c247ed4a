import type { JsonObject } from "@kontor/kernel";

/*
 * Views are rebuilt only where their inputs changed, so that unchanged parts keep their identity and cost the host
 * nothing when it looks for differences. Caches are no part of the state: they are neither encoded nor compared.
 */

/** The last value and what it was made of. */
export type Remembered<Value> = { readonly inputs: readonly unknown[]; readonly value: Value };

/** The last value where all inputs are the same objects or equal scalars, else a new one. */
export function remember<Value>(
  last: Remembered<Value> | undefined,
  inputs: readonly unknown[],
  build: () => Value,
): Remembered<Value> {
  if (last !== undefined && last.inputs.length === inputs.length) {
    if (inputs.every((input, index) => Object.is(input, last.inputs[index]))) return last;
  }
  return { inputs, value: build() };
}

export type LotPart = "public" | "participant" | "owner";

export type LotViewCache = {
  /** Raised by every event that changes more of the lot than its live part. */
  revision: number;
  fixed: Partial<Record<LotPart, Remembered<JsonObject>>>;
  whole: Partial<Record<LotPart, Remembered<JsonObject>>>;
  ownFixed: Map<string, Remembered<JsonObject>>;
  ownParts: Remembered<ReadonlyMap<string, JsonObject>> | undefined;
  own: Map<string, { readonly fixed: JsonObject; readonly live: object; readonly value: JsonObject }>;
  entry: Partial<Record<"shared" | "owner", Remembered<JsonObject>>>;
};

export type TenderSection = "procedure" | "calendar" | "amendments" | "suppliers";

export type TenderViewCache = {
  sections: Partial<Record<TenderSection, Remembered<JsonObject>>>;
  questions: Partial<Record<"shared" | "owner", Remembered<JsonObject>>>;
  questionsOf?: Remembered<ReadonlyMap<string, JsonObject>>;
  /** By supplier or question, which are replaced whole. */
  records: WeakMap<object, JsonObject>;
  own: Map<string, Remembered<JsonObject>>;
  /** Raised when a supplier or question is added or replaced. */
  suppliersRevision: number;
  questionsRevision: number;
};

export function newLotViewCache(): LotViewCache {
  return {
    revision: 0,
    fixed: {},
    whole: {},
    ownFixed: new Map(),
    ownParts: undefined,
    own: new Map(),
    entry: {},
  };
}

export function newTenderViewCache(): TenderViewCache {
  return {
    sections: {},
    questions: {},
    records: new WeakMap(),
    own: new Map(),
    suppliersRevision: 0,
    questionsRevision: 0,
  };
}
