import type { CompanyProfileInput, ParticipationSide } from "@kontor/protocol";

/** A company of the demonstration with the one person who acts for it. All of them are invented. */
export type DemoCompany = {
  readonly key: string;
  readonly name: string;
  readonly side: ParticipationSide;
  readonly person: string;
  readonly email: string;
  readonly profile: CompanyProfileInput;
};

type Row = readonly [key: string, name: string, side: ParticipationSide, person: string, country: string, town: string];

const rows: readonly Row[] = [
  ["nordwerk", "Nordwerk Kabel AG", "both", "Imke Petersen", "DE", "Hafenstraße 12, 24768 Rendsburg"],
  ["molinara", "Molinara del Po S.r.l.", "both", "Chiara Donati", "IT", "Via Argine 4, 45011 Adria"],
  ["brightwell", "Brightwell Packaging Ltd", "both", "Owen Carrick", "IE", "Quay Road 3, Waterford"],
  ["hafenchemie", "Hafenchemie Weser GmbH", "both", "Tarek Wolters", "DE", "Am Kai 40, 26954 Nordenham"],
  ["cordillera", "Cordillera Cátodos S.A.", "both", "Pilar Rojas", "CL", "Avenida Costanera 900, Antofagasta"],
  ["silesia", "Śląski Metal Sp. z o.o.", "both", "Jan Wrona", "PL", "ul. Hutnicza 7, Legnica"],
  ["meridian", "Meridiaan Non-Ferro B.V.", "both", "Femke Dekker", "NL", "Botlekweg 21, Rotterdam"],
  ["savonlinna", "Savon Kupari Oy", "both", "Aino Laine", "FI", "Satamatie 5, Varkaus"],
  ["alfoeld", "Alföldi Gabona Kft.", "both", "Réka Szabó", "HU", "Magtár utca 2, Szolnok"],
  ["beauce", "Greniers de Beauce SAS", "both", "Luc Fontaine", "FR", "Rue du Silo 1, 28150 Voves"],
  ["scheldt", "Scheldehandel N.V.", "both", "Bram Claes", "BE", "Haven 730, Antwerpen"],
  ["kartonal", "Karton Ennstal GmbH", "both", "Eva Moser", "AT", "Papierweg 9, 8940 Liezen"],
];

/** Of every demonstration account. It is printed at the start and good for nothing else. */
export const demoPassword = "kontor-demo";

export const demoCompanies: readonly DemoCompany[] = rows.map(([key, name, side, person, country, address]) => ({
  key,
  name,
  side,
  person,
  email: `${plain(person.split(" ")[0] ?? key)}@${key}.example`,
  profile: { legalName: name, country, registrationNo: `DEMO-${key.toUpperCase()}`, vatId: "", address },
}));

/** Lower case, without accents. */
function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[^A-Za-z]/g, "")
    .toLowerCase();
}

export const demoOperator = { name: "Olga Brandt", email: "operator@kontor.example" } as const;

export const demoMarketplace = {
  slug: "demo-materials",
  name: "Demo Materials Exchange",
  description: "Metals, grain, plastics and packaging. Everything here is invented; prices are plausible, not quoted.",
  currency: "EUR",
} as const;

export function demoCompany(key: string): DemoCompany {
  const company = demoCompanies.find((one) => one.key === key);
  if (company === undefined) throw new Error(`the demonstration has no company "${key}"`);
  return company;
}
