import { decimalPattern } from "@kontor/kernel";
import { checkUnit } from "./check-unit.ts";
import type { CodeLists } from "./code-lists.ts";
import type { Judged, MemberFault } from "./told-faults.ts";
import { faulty, fine } from "./told-faults.ts";

/** An attribute of a product's classes, those that they inherit with them. */
export type DefinedAttribute = {
  readonly attribute: string;
  readonly kind: "text" | "decimal" | "yes_no" | "choice" | "choices";
  readonly unit: string | null;
  readonly choices: readonly string[] | null;
  readonly required: boolean;
  /** Variants of one product may differ in it. */
  readonly parts: boolean;
};

export type SentAttribute = {
  readonly attribute: string;
  readonly value: string | boolean | readonly string[];
  readonly unit?: string | undefined;
};

export type AttributeRules = {
  /** By name. Empty where the classes define none: then whatever is told is taken as it is. */
  readonly defined: ReadonlyMap<string, DefinedAttribute>;
  readonly lists: Pick<CodeLists, "isUnit" | "unitMeant" | "unitRatio">;
};

/**
 * Values as they are kept: each told once, defined by a class, of its kind, in a unit that converts to the attribute's.
 *
 * Errors  by precedence, of the first value that has one: `attribute_repeated`, `attribute_unknown` with the names that
 *         are allowed, `attribute_kind_wrong`, `attribute_unit_wrong`, `unit_unknown`, `attribute_choice_unknown`.
 */
export function checkAttributes(
  sent: readonly SentAttribute[],
  pointer: string,
  { defined, lists }: AttributeRules,
): Judged<readonly SentAttribute[]> {
  const told = new Set<string>();
  for (const [index, value] of sent.entries()) {
    const at = `${pointer}/${index}`;
    const { attribute } = value;
    if (told.has(attribute)) return faulty("attribute_repeated", `${at}/attribute`, { attribute });
    told.add(attribute);
    const definition = defined.get(attribute);
    if (definition === undefined && defined.size > 0) {
      return faulty("attribute_unknown", `${at}/attribute`, { attribute, allowed: [...defined.keys()].sort() });
    }
    const fault = definition === undefined ? freeFault(value, at, lists) : valueFault(value, at, { definition, lists });
    if (fault !== null) return { ok: false, fault };
  }
  return fine(sent.map((value) => inUnit(value, defined.get(value.attribute))));
}

/** Required attributes that neither the product nor each of its variants tells. */
export function missingAttributes(
  defined: ReadonlyMap<string, DefinedAttribute>,
  product: readonly SentAttribute[],
  variants: readonly (readonly SentAttribute[])[],
): readonly string[] {
  const tells = (values: readonly SentAttribute[], name: string) => values.some(({ attribute }) => attribute === name);
  return [...defined.values()]
    .filter(({ attribute, required }) => required && !tells(product, attribute))
    .filter(({ attribute }) => variants.length === 0 || !variants.every((values) => tells(values, attribute)))
    .map(({ attribute }) => attribute);
}

/** Attributes of a variant in which variants of its product may not differ; null where all is well. */
export function partingFault(
  sent: readonly SentAttribute[],
  pointer: string,
  defined: AttributeRules["defined"],
): MemberFault | null {
  if (defined.size === 0) return null;
  const index = sent.findIndex(({ attribute }) => defined.get(attribute)?.parts === false);
  if (index < 0) return null;
  const allowed = [...defined.values()].filter(({ parts }) => parts).map(({ attribute }) => attribute);
  const data = { attribute: sent[index]?.attribute, allowed: allowed.sort() };
  return { code: "attribute_not_parting", pointer: `${pointer}/${index}/attribute`, data };
}

function freeFault({ unit }: SentAttribute, at: string, lists: AttributeRules["lists"]): MemberFault | null {
  if (unit === undefined) return null;
  const known = checkUnit(unit, `${at}/unit`, lists);
  return known.ok ? null : known.fault;
}

type Scene = { readonly definition: DefinedAttribute; readonly lists: AttributeRules["lists"] };

function valueFault(sent: SentAttribute, at: string, { definition, lists }: Scene): MemberFault | null {
  const { attribute, kind, unit, choices } = definition;
  if (!isOfKind(sent.value, kind)) {
    return {
      code: "attribute_kind_wrong",
      pointer: `${at}/value`,
      data: { attribute, kind, ...namedChoices(choices) },
    };
  }
  if (sent.unit !== undefined) {
    const allowed = unit === null ? [] : [unit];
    if (kind !== "decimal" || unit === null) {
      return { code: "attribute_unit_wrong", pointer: `${at}/unit`, data: { attribute, unit: sent.unit, allowed } };
    }
    const known = checkUnit(sent.unit, `${at}/unit`, lists);
    if (!known.ok) return known.fault;
    if (lists.unitRatio(known.value, unit) === null) {
      return { code: "attribute_unit_wrong", pointer: `${at}/unit`, data: { attribute, unit: sent.unit, allowed } };
    }
  }
  const chosen = choices === null ? [] : [sent.value].flat();
  const strange = chosen.find((value) => choices?.includes(String(value)) !== true);
  if (strange === undefined) return null;
  const data = { attribute, value: strange, ...namedChoices(choices) };
  return { code: "attribute_choice_unknown", pointer: `${at}/value`, data };
}

const namedChoices = (choices: readonly string[] | null) => (choices === null ? {} : { allowed: choices });

function isOfKind(value: SentAttribute["value"], kind: DefinedAttribute["kind"]): boolean {
  switch (kind) {
    case "yes_no":
      return typeof value === "boolean";
    case "choices":
      return typeof value === "object" && value.length > 0 && new Set(value).size === value.length;
    case "decimal":
      return typeof value === "string" && decimalPattern.test(value);
    default:
      return typeof value === "string";
  }
}

function inUnit({ attribute, value, unit }: SentAttribute, definition: DefinedAttribute | undefined): SentAttribute {
  const told = unit ?? definition?.unit ?? undefined;
  return { attribute, value, ...(told === undefined ? {} : { unit: told }) };
}
