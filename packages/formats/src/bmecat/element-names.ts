/** Names that BMEcat 2005 replaced. */
const renamed: Readonly<Record<string, string>> = {
  SUPPLIER_AID: "SUPPLIER_PID",
  SUPPLIER_ALT_AID: "SUPPLIER_ALT_PID",
  BUYER_AID: "BUYER_PID",
  MANUFACTURER_AID: "MANUFACTURER_PID",
  ART_ID: "PROD_ID",
  ART_ID_TO: "PROD_ID_TO",
  T_UPDATE_ARTICLES: "T_UPDATE_PRODUCTS",
  FEATURE_SYSTEM: "CLASSIFICATION_SYSTEM",
  FEATURE_SYSTEM_NAME: "CLASSIFICATION_SYSTEM_NAME",
  FEATURE_GROUP: "CLASSIFICATION_GROUP",
  FEATURE_GROUP_ID: "CLASSIFICATION_GROUP_ID",
  FEATURE_GROUP_NAME: "CLASSIFICATION_GROUP_NAME",
};

/** The name of an element in BMEcat 2005, without a prefix. */
export function standardName(written: string): string {
  const name = written.slice(written.indexOf(":") + 1);
  return renamed[name] ?? (name.startsWith("ARTICLE") ? `PRODUCT${name.slice(7)}` : name);
}

/** Elements that hold records and are never looked at as a whole. */
export function isContainer(name: string): boolean {
  return name.startsWith("T_") || containers.has(name);
}

const containers = new Set(["BMECAT", "CATALOG_GROUP_SYSTEM", "CLASSIFICATION_SYSTEM", "CLASSIFICATION_GROUPS"]);

/** Namespaces of the official schemas; real files have many others. */
export const officialNamespaces: ReadonlySet<string> = new Set([
  "",
  "http://www.bmecat.org/XMLSchema/1.2/bmecat_new_catalog",
  "http://www.bmecat.org/XMLSchema/1.2/bmecat_update_products",
  "http://www.bmecat.org/XMLSchema/1.2/bmecat_update_prices",
  "http://www.bmecat.org/bmecat/2005fd",
  "http://www.bmecat.org/bmecat/2005.1",
]);
