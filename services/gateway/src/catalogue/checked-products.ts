import type { DefinedAttribute, Judged, MemberFault } from "@kontor/catalog";
import { checkAttributes, checkVariant, missingAttributes, partingFault } from "@kontor/catalog";
import type { CheckedVariant, ClassificationRepository } from "@kontor/db";
import type { Actor } from "@kontor/kernel";
import type { AttributeValue, ProductRecord, ProductRevision, VariantInput } from "@kontor/protocol";
import { codeLists } from "@kontor/standards";
import { Refusal } from "../refusal.ts";
import { answerOrRefusal } from "../routes/answers.ts";

type Classification = Pick<ClassificationRepository, "attributesOf">;
type Defined = ReadonlyMap<string, DefinedAttribute>;

/** @throws Refusal with the code of the fault, the pointer of the member and what is allowed there */
export function wholeOrRefusal<Value>(judged: Judged<Value>): Value {
  if (judged.ok) return judged.value;
  throw refusalOf(judged.fault);
}

function refusalOf({ code, pointer, data }: MemberFault): Refusal {
  return new Refusal(code, { ...data, pointer });
}

/** What products of these classes may tell. @throws Refusal `class_unknown` */
export async function definedBy(
  classification: Classification,
  actor: Actor,
  classes: readonly { readonly scheme: string; readonly code: string }[],
): Promise<Defined> {
  const attributes = answerOrRefusal(await classification.attributesOf(actor, classes));
  return new Map(attributes.map((one) => [one.attribute, one]));
}

/** The revision with its attributes as they are kept. @throws Refusal of the first fault */
export function checkedRevision(revision: ProductRevision, defined: Defined): ProductRevision {
  const rules = { defined, lists: codeLists };
  const attributes = wholeOrRefusal(checkAttributes(revision.attributes, "/attributes", rules));
  return { ...revision, attributes: valuesOf(attributes) };
}

type Placed = { readonly pointer: string; readonly defined: Defined };

/** @throws Refusal of the first fault */
export function checkedVariant(variant: VariantInput, { pointer, defined }: Placed): CheckedVariant {
  const measures = wholeOrRefusal(checkVariant(variant, pointer, codeLists));
  const at = `${pointer}/attributes`;
  const attributes = wholeOrRefusal(checkAttributes(variant.attributes, at, { defined, lists: codeLists }));
  const parting = partingFault(attributes, at, defined);
  if (parting !== null) throw refusalOf(parting);
  return { partNo: variant.partNo ?? null, attributes: valuesOf(attributes), measures };
}

type Told = Pick<ProductRecord, "attributes"> & { readonly variants: readonly Pick<CheckedVariant, "attributes">[] };

/** @throws Refusal `attribute_missing` with the names of what an active product has to tell */
export function requireComplete({ attributes, variants }: Told, defined: Defined): void {
  const missing = missingAttributes(
    defined,
    attributes,
    variants.map((variant) => variant.attributes),
  );
  if (missing.length > 0) throw new Refusal("attribute_missing", { attributes: missing, pointer: "/attributes" });
}

type Sent = {
  readonly attribute: string;
  readonly value: AttributeValue["value"] | readonly string[];
  readonly unit?: string | undefined;
};

function valuesOf(values: readonly Sent[]): AttributeValue[] {
  return values.map(({ attribute, value, unit }) => ({
    attribute,
    value: typeof value === "object" ? [...value] : value,
    ...(unit === undefined ? {} : { unit }),
  }));
}
