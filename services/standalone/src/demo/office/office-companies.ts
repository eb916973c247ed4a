import type { CompanyProfileInput, CompanyRole, ParticipationSide } from "@kontor/protocol";

/** Somebody of a company; the first founds it and may do everything, the others have the roles that are told. */
export type OfficePerson = { readonly name: string; readonly email: string; readonly roles: readonly CompanyRole[] };

/** A company of the office and workshop marketplace. All of them are invented. */
export type OfficeCompany = {
  readonly key: string;
  readonly side: ParticipationSide;
  readonly profile: CompanyProfileInput;
  readonly people: readonly [OfficePerson, ...OfficePerson[]];
};

type Place = { readonly country: string; readonly address: string };
type Named = readonly [name: string, ...roles: CompanyRole[]];

function company(
  key: string,
  side: ParticipationSide,
  told: Place & { legalName: string; people: [Named, ...Named[]] },
) {
  const { legalName, country, address } = told;
  const personOf = ([name, ...roles]: Named): OfficePerson => {
    return { name, roles, email: `${name.split(" ")[0]?.toLowerCase() ?? key}@${key}.example` };
  };
  const [first, ...others] = told.people;
  const profile = { legalName, country, registrationNo: `DEMO-${key.toUpperCase()}`, vatId: "", address };
  return { key, side, profile, people: [personOf(first), ...others.map(personOf)] } satisfies OfficeCompany;
}

export const officeMarketplace = {
  slug: "demo-office-workshop",
  name: "Demo Office & Workshop",
  description: "Fasteners, tools, paper and pens of several vendors. Everything here is invented.",
  currency: "EUR",
} as const;

/** Keeps the catalogue beside the operator. */
export const officeClerk = { name: "Karla Venn", email: "catalogue@kontor.example" } as const;

export const officeCompanies: readonly OfficeCompany[] = [
  company("schraubwerk", "supplier", {
    legalName: "Schraubwerk Nordheide GmbH",
    country: "DE",
    address: "Gewindestraße 8, 21255 Tostedt",
    people: [["Henrik Lohse"]],
  }),
  company("ostersand", "supplier", {
    legalName: "Ostersand Werkzeuge KG",
    country: "DE",
    address: "Schmiedeweg 3, 25899 Niebüll",
    people: [["Antje Petersen"]],
  }),
  company("papierhof", "supplier", {
    legalName: "Papierhof Lindau GmbH",
    country: "DE",
    address: "Seeuferweg 14, 88131 Lindau",
    people: [["Marius Hagg"]],
  }),
  company("wattmann", "supplier", {
    legalName: "Kontorbedarf Wattmann e.K.",
    country: "DE",
    address: "Deichgasse 2, 26603 Aurich",
    people: [["Silke Wattmann"]],
  }),
  company("bretagne", "supplier", {
    legalName: "Fournitures de Kérouan SARL",
    country: "FR",
    address: "12 rue du Phare, 29200 Brest",
    people: [["Yann Kervella"]],
  }),
  company("feldmark", "buyer", {
    legalName: "Feldmark Anlagenbau GmbH",
    country: "DE",
    address: "Werkring 20, 24109 Kiel",
    people: [["Nora Feddersen"], ["Timo Albers", "buyer"], ["Carola Jessen", "approver"]],
  }),
  company("havnegade", "buyer", {
    legalName: "Havnegade Ingeniører A/S",
    country: "DK",
    address: "Havnegade 41, 8000 Aarhus",
    people: [["Mads Kirk"], ["Ida Holm", "buyer"]],
  }),
];

export const officeEmails: readonly string[] = [
  officeClerk.email,
  ...officeCompanies.flatMap(({ people }) => people.map(({ email }) => email)),
];

export function officeCompany(key: string): OfficeCompany {
  const found = officeCompanies.find((one) => one.key === key);
  if (found === undefined) throw new Error(`the office marketplace has no company "${key}"`);
  return found;
}

/** The person of the company with this first name. */
export function officePerson(key: string, firstName: string): OfficePerson {
  const found = officeCompany(key).people.find(({ name }) => name.startsWith(`${firstName} `));
  if (found === undefined) throw new Error(`${key} has nobody called ${firstName}`);
  return found;
}
