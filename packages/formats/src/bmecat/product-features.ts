import { unitCodeOf } from "@kontor/standards";
import type { AttributeText, CatalogueRow, ClassCode } from "../rows/catalogue-row.ts";
import type { RecordReading, XmlElement } from "./element.ts";
import { languageTagOf } from "./languages.ts";
import type { ReadingContext } from "./reading-context.ts";

type Found = { name: string; values: string[]; unit: string | null; unitText?: string };

/** Classes and attributes of an article from all its groups of features. */
export function featuresOf(
  product: XmlElement,
  reading: RecordReading,
  context: ReadingContext,
): Partial<CatalogueRow> {
  const classes: ClassCode[] = [];
  const attributes = new Map<string, Found>();
  for (const features of product.all("PRODUCT_FEATURES")) {
    const scheme = reading.textOf(features, "REFERENCE_FEATURE_SYSTEM_NAME");
    const codes = features.all("REFERENCE_FEATURE_GROUP_ID").flatMap(({ value }) => (value === "" ? [] : [value]));
    const [groupName] = features.all("REFERENCE_FEATURE_GROUP_NAME");
    for (const code of codes) if (scheme !== null) classes.push({ scheme, code });
    if (scheme === null && codes.length > 0) reading.warn(features, "element_missing", "REFERENCE_FEATURE_SYSTEM_NAME");
    if (codes.length === 0 && groupName !== undefined && groupName.value !== "")
      reading.warn(groupName, "class_without_code", groupName.value);
    const nameless = groupName?.value ?? scheme ?? "";
    for (const feature of features.all("FEATURE")) addFeature(feature, attributes, { reading, context, nameless });
  }
  const distinct = [...new Map(classes.map((each) => [`${each.scheme} ${each.code}`, each])).values()];
  const listed: AttributeText[] = [...attributes.values()];
  return { ...(distinct.length > 0 && { classes: distinct }), ...(listed.length > 0 && { attributes: listed }) };
}

type FeatureReading = { readonly reading: RecordReading; readonly context: ReadingContext; readonly nameless: string };

function addFeature(
  feature: XmlElement,
  attributes: Map<string, Found>,
  { reading, context, nameless }: FeatureReading,
): void {
  const values = inUsualLanguage(feature.all("FVALUE"), context).flatMap(({ value }) => (value === "" ? [] : [value]));
  const written = inUsualLanguage(feature.all("FNAME"), context)[0]?.value ?? reading.textOf(feature, "FT_IDREF") ?? "";
  reading.one(feature, "FORDER");
  if (values.length === 0) {
    feature.taken = false;
    return;
  }
  const named = /[\p{L}\d]/u.test(written);
  const name = named ? written : nameless;
  if (!named)
    reading.warn(
      feature,
      name === "" ? "element_missing" : "feature_unnamed",
      name === "" ? `FNAME ${values.join(" ")}` : values.join(" "),
    );
  if (name === "") return;
  const unitElement = reading.one(feature, "FUNIT");
  const unitText = unitElement?.value ?? "";
  const unit = unitText === "" ? null : unitCodeOf(unitText);
  if (unitElement !== null && unitText !== "" && unit === null) reading.warn(unitElement, "unit_unknown", unitText);
  const known = attributes.get(name);
  if (known === undefined) {
    const unknownUnit = unit === null && unitText !== "" ? { unitText } : {};
    attributes.set(name, { name, values: [...new Set(values)], unit, ...unknownUnit });
    return;
  }
  // Names that were made up may repeat; those of the file should not.
  if (named) reading.warn(feature, "feature_repeated", `${name}: ${values.join(" ")}`);
  const sameUnit = known.unit === unit && (known.unitText ?? "") === (unit === null ? unitText : "");
  for (const value of values) {
    const whole = sameUnit || unitText === "" ? value : `${value} ${unitText}`;
    if (!known.values.includes(whole)) known.values.push(whole);
  }
}

/** Those of the catalogue's own language, or without one; where there are none, all of the first language. */
function inUsualLanguage(elements: readonly XmlElement[], { catalogue }: ReadingContext): readonly XmlElement[] {
  const tagOf = ({ attributes }: XmlElement): string | undefined => attributes["lang"] ?? attributes["xml:lang"];
  const usual = elements.filter((element) => {
    const tag = tagOf(element);
    return tag === undefined || languageTagOf(tag) === (catalogue.languages[0] ?? "und");
  });
  const [first] = elements;
  if (usual.length > 0 || first === undefined) {
    for (const element of elements) element.taken = usual.includes(element);
    return usual;
  }
  const same = elements.filter((element) => tagOf(element) === tagOf(first));
  for (const element of elements) element.taken = same.includes(element);
  return same;
}
