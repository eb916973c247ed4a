import { requireValue } from "@kontor/sdk";
import type { Family, FamilyAttribute } from "./family.ts";
import { families, upperClasses } from "./office-articles.ts";
import type { OfficeCast } from "./office-cast.ts";
import { valueUnlessDone } from "./repeatable-client.ts";

/** The classification scheme of the marketplace. */
export const officeScheme = "office";

/** Classes with their attributes, tax rates and the operator's terms. @throws ProblemError */
export async function seedClasses({ marketplaceId, operator, clerk }: OfficeCast): Promise<void> {
  const scheme = { marketplaceId, scheme: officeScheme };
  valueUnlessDone(await clerk.classes.saveScheme(scheme, { name: "Office and workshop", release: "1" }));
  const upper = upperClasses.map(({ code, parent, en, de }) => {
    return { code, labels: { en, de }, ...(parent === undefined ? {} : { parent }) };
  });
  const own = families.map(({ code, parent, labels }) => ({ code, parent, labels }));
  requireValue(await clerk.classes.saveClasses(scheme, [...upper, ...own]));
  for (const { code, attributes } of families) {
    const { version } = requireValue(await clerk.classes.scheme(scheme));
    requireValue(await clerk.classes.saveAttributes({ ...scheme, code, version }, attributes.map(attributeOf)));
  }
  for (const [country, percent] of [
    ["DE", "19"],
    ["DK", "25"],
    ["FR", "20"],
  ] as const) {
    valueUnlessDone(await operator.taxes.write({ marketplaceId, country, category: "standard" }, { percent }));
  }
  const commissions = [{ ruleId: "all", percent: "4", bounds: [] }];
  const terms = { approvalDays: 7, commissionVat: "19", commissions, timeZone: "Europe/Berlin", holidays: [] };
  valueUnlessDone(await operator.buying.terms.write(marketplaceId, terms));
  const currency = { kind: "currency", currency: "EUR", scale: 2 } as const;
  valueUnlessDone(await operator.ledger.registerAsset(marketplaceId, currency));
}

function attributeOf({ choices, ...attribute }: FamilyAttribute) {
  const values = choices?.map(([value, en, de]) => ({ value, labels: { en, de } }));
  return { ...attribute, labels: { ...attribute.labels }, ...(values === undefined ? {} : { choices: values }) };
}

/** The attributes of an article, told by the family's names. */
export function attributesOf({ attributes }: Family, values: readonly string[]) {
  return attributes.map(({ attribute }, at) => ({ attribute, value: values[at] ?? "" }));
}
