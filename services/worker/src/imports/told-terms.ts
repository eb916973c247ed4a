import type { VariantMeasures } from "@kontor/catalog";
import { checkAttributes, checkVariant, missingAttributes } from "@kontor/catalog";
import type { BatchState, ImportRow, ProductTerms } from "@kontor/db";
import { codeLists } from "@kontor/standards";
import type { RowFaults } from "./row-faults.ts";

/* What a row says of the article itself. */

const partNumberMax = 80;
const keywordsMax = 20;
const keywordLengthMax = 80;

/** With what is known where the row says nothing. Faults are told; then the terms are not to be used. */
export function productTermsOf(
  row: ImportRow,
  known: ProductTerms | null,
  { faults, attributesOf }: { readonly faults: RowFaults } & Pick<BatchState, "attributesOf">,
): ProductTerms {
  const whole = row.mode === "replace";
  const kept = whole ? null : known;
  const brand = toldOr(row.brand ?? row.manufacturer, kept?.brand);
  const partNo = toldOr(row.manufacturerPartNumber, kept?.partNo);
  for (const [field, value] of [
    ["part_number", row.partNumber],
    ["manufacturer_part_number", partNo],
  ] as const) {
    if ((value?.length ?? 0) <= partNumberMax) continue;
    faults.add("value_too_long", field, { value: value ?? "", hint: `Write at most ${partNumberMax} characters.` });
  }
  const classes = row.classes?.map((one, place) => ({ ...one, primary: place === 0 })) ?? known?.classes ?? [];
  const terms = {
    brand,
    partNo,
    texts: textsOf(row, known),
    classes,
    attributes: row.attributes === undefined ? (kept?.attributes ?? []) : attributesIn(row.attributes),
  };
  if (terms.texts.length === 0) {
    faults.add("name_missing", "name", { hint: "Write its name, or say which column has it." });
  }
  return { ...terms, attributes: checkedAttributes(terms, row.classes ?? known?.classes, { faults, attributesOf }) };
}

function toldOr(told: string | null | undefined, known: string | null | undefined): string | null {
  return told === undefined ? (known ?? null) : told;
}

/** A text without a name in its language cannot be kept: it has nothing to stand under. */
function textsOf(row: ImportRow, known: ProductTerms | null): ProductTerms["texts"] {
  const texts = new Map((known?.texts ?? []).map((text) => [text.language, text]));
  for (const { language, name, description, keywords } of row.texts ?? []) {
    const before = texts.get(language);
    const title = name ?? before?.name;
    if (title === undefined || title === "") continue;
    texts.set(language, {
      language,
      name: oneLine(title),
      description: description === undefined ? (before?.description ?? "") : (description ?? ""),
      keywords: keywords === undefined ? (before?.keywords ?? []) : keywordsOf(keywords),
    });
  }
  return [...texts.values()].sort((a, b) => (a.language < b.language ? -1 : 1));
}

const oneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, " ");

function keywordsOf(keywords: readonly string[]): string[] {
  return [...new Set(keywords)].filter((word) => word !== "" && word.length <= keywordLengthMax).slice(0, keywordsMax);
}

function attributesIn(attributes: NonNullable<ImportRow["attributes"]>): ProductTerms["attributes"] {
  return attributes.flatMap(({ name, values, unit, unitText }) => {
    const [first] = values;
    if (first === undefined) return [];
    const written = unitText === undefined ? values : values.map((value) => `${value} ${unitText}`);
    const value = written.length === 1 ? (written[0] ?? "") : [...written];
    return [{ attribute: name, value, ...(unit === null ? {} : { unit }) }];
  });
}

type Checking = { readonly faults: RowFaults } & Pick<BatchState, "attributesOf">;

function checkedAttributes(
  { attributes }: ProductTerms,
  classes: ImportRow["classes"],
  { faults, attributesOf }: Checking,
): ProductTerms["attributes"] {
  const list = attributesOf(classes?.map(({ scheme, code }) => ({ scheme, code })));
  if ("code" in list) {
    faults.addKnown(list.code, "class", list.data);
    return [];
  }
  const defined = new Map(list.map((one) => [one.attribute, one]));
  const suited = attributes.map((one) => inKind(one, defined.get(one.attribute)?.kind));
  const checked = checkAttributes(suited, "/attributes", { defined, lists: codeLists });
  if (!checked.ok) {
    faults.addFault(checked.fault, "attribute");
    return [];
  }
  const missing = missingAttributes(defined, checked.value, []);
  if (missing.length > 0) faults.addKnown("attribute_missing", "attribute", { allowed: missing });
  return checked.value.map(({ attribute, value, unit }) => ({
    attribute,
    value: typeof value === "object" ? [...value] : value,
    ...(unit === undefined ? {} : { unit }),
  }));
}

const yes: ReadonlySet<string> = new Set(["true", "yes", "ja", "1", "x"]);
const no: ReadonlySet<string> = new Set(["false", "no", "nein", "0"]);

/** Cells are text; what the class says of the attribute tells how it is meant. */
function inKind(one: ProductTerms["attributes"][number], kind: string | undefined): ProductTerms["attributes"][number] {
  const { value } = one;
  if (typeof value !== "string") return one;
  if (kind === "choices") return { ...one, value: [value] };
  const word = value.toLowerCase();
  if (kind === "yes_no" && (yes.has(word) || no.has(word))) return { ...one, value: yes.has(word) };
  return one;
}

/** Decimal places that a quantity is written with. */
function placesOf(texts: readonly (string | null | undefined)[]): number {
  return Math.max(0, ...texts.map((text) => text?.split(".")[1]?.length ?? 0));
}

/** Units and numbers of a new article; null where they cannot be kept. */
export function measuresOf(row: ImportRow, faults: RowFaults): VariantMeasures | null {
  const { orderUnit, content, gtins = [] } = row;
  if (orderUnit === undefined) {
    faults.add("order_unit_missing", "order_unit", { hint: "Write a unit, such as H87 for pieces." });
    return null;
  }
  const holds = content === undefined || content === null || content.unit === orderUnit ? null : content;
  const decimals = placesOf([row.minQuantity, row.multiple, row.maxQuantity]);
  const ordered = { unit: orderUnit, decimals, sold: true };
  const sent = {
    baseUnit: holds?.unit ?? orderUnit,
    decimals: holds === null ? decimals : 0,
    sold: true,
    units: holds === null ? [] : [{ ...ordered, ...holds.ratio }],
    gtins: gtins.map(({ gtin, unit }) => ({ gtin, unit: unit ?? orderUnit })),
  };
  const checked = checkVariant(sent, "", codeLists);
  if (checked.ok) return checked.value;
  const { pointer } = checked.fault;
  faults.addFault(checked.fault, pointer.startsWith("/gtins") ? "gtin" : fieldOfUnits(pointer));
  return null;
}

const fieldOfUnits = (pointer: string): string => (pointer.startsWith("/units") ? "content_ratio" : "order_unit");
