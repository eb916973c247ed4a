import type { BmecatCatalogue } from "./bmecat-item.ts";
import type { RecordReading, XmlElement } from "./element.ts";
import { languageTagOf } from "./languages.ts";

export type HeaderFacts = {
  readonly catalogue: Omit<BmecatCatalogue, "version" | "transaction">;
  readonly mimeRoot: string | null;
  readonly parties: ReadonlyMap<string, string>;
};

export const noHeader: HeaderFacts = {
  catalogue: {
    catalogueId: null,
    catalogueVersion: null,
    name: null,
    languages: [],
    currency: null,
    supplier: null,
    buyer: null,
  },
  mimeRoot: null,
  parties: new Map(),
};

/** What the header says. Addresses, contacts and agreements are told as not taken. */
export function headerFacts(header: XmlElement, reading: RecordReading): HeaderFacts {
  reading.one(header, "GENERATOR_INFO");
  const parties = partiesOf(header);
  const supplier = partyName(header, "SUPPLIER", { reading, parties });
  const buyer = partyName(header, "BUYER", { reading, parties });
  const catalog = reading.one(header, "CATALOG");
  if (catalog === null) reading.warn(header, "element_missing", "CATALOG");
  const facts = catalog === null ? noHeader : catalogFacts(catalog, reading);
  reading.tellUnused(header);
  return { catalogue: { ...facts.catalogue, supplier, buyer }, mimeRoot: facts.mimeRoot, parties };
}

function catalogFacts(catalog: XmlElement, reading: RecordReading): HeaderFacts {
  const languages = catalog.all("LANGUAGE").toSorted((a, b) => rank(a) - rank(b));
  const tags = languages.flatMap((element) => {
    const tag = languageTagOf(element.value);
    if (tag === null) reading.warn(element, "language_unknown", element.value);
    return tag ?? [];
  });
  for (const name of ["DATETIME", "GENERATION_DATE"])
    for (const date of catalog.all(name)) for (const part of date.children) part.taken = true;
  const currency = reading.textOf(catalog, "CURRENCY")?.toUpperCase() ?? null;
  return {
    catalogue: {
      catalogueId: reading.textOf(catalog, "CATALOG_ID"),
      catalogueVersion: reading.textOf(catalog, "CATALOG_VERSION"),
      name: catalog.all("CATALOG_NAME")[0]?.value || null,
      languages: [...new Set(tags)],
      currency,
      supplier: null,
      buyer: null,
    },
    mimeRoot: reading.textOf(catalog, "MIME_ROOT"),
    parties: new Map(),
  };
}

/** The default language comes first. */
function rank({ attributes }: XmlElement): number {
  return attributes["default"]?.toLowerCase() === "true" ? 0 : 1;
}

function partiesOf(header: XmlElement): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const parties of header.all("PARTIES")) {
    for (const party of parties.all("PARTY")) {
      const name = party.all("ADDRESS").flatMap((address) => address.all("NAME"))[0]?.value ?? "";
      for (const id of party.all("PARTY_ID")) if (id.value !== "" && name !== "") names.set(id.value, name);
    }
  }
  return names;
}

type PartyReading = { readonly reading: RecordReading; readonly parties: ReadonlyMap<string, string> };

function partyName(header: XmlElement, role: "SUPPLIER" | "BUYER", { reading, parties }: PartyReading): string | null {
  const own = reading.one(header, role);
  if (own !== null) return reading.textOf(own, `${role}_NAME`) ?? reading.textOf(own, `${role}_ID`);
  const id = reading.textOf(header, `${role}_IDREF`);
  return id === null ? null : (parties.get(id) ?? id);
}
