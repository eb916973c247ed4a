import { demoCompany, demoMarketplace, demoOperator, demoPassword } from "./demo/companies.ts";
import { officeMarketplace, officePerson } from "./demo/office/office-companies.ts";

export type BannerFacts = {
  readonly url: string;
  /** Where the metrics have a listener of their own. */
  readonly metricsUrl: string | null;
  readonly startedInMs: number;
  readonly dataFolder: string;
  /** What a command needs in front of it to find this installation, e.g. `KONTOR_DATA=./other `; mostly nothing. */
  readonly prefix: string;
  /** The usual port was taken, so this one serves. */
  readonly movedFrom: number | null;
  readonly demo: boolean;
  /** Slugs of the marketplaces there are; without any an installation needs its first operator. */
  readonly marketplaces: readonly string[];
};

/** What a person needs to know once Kontor is ready. */
export function bannerOf(facts: BannerFacts): readonly string[] {
  const { url, metricsUrl, startedInMs, dataFolder } = facts;
  return [
    "",
    `Kontor is ready after ${(startedInMs / 1000).toFixed(1)} s.`,
    "",
    `  Address     ${url}${facts.movedFrom === null ? "" : `   (port ${facts.movedFrom} is taken)`}`,
    "              open it in a browser: the web app",
    `  Reference   ${url}/docs   for programs`,
    ...(metricsUrl === null ? [] : [`  Metrics     ${metricsUrl}`]),
    `  Data, log   ${dataFolder}`,
    "",
    ...(facts.demo ? demoLines(facts) : plainLines(facts)),
    "  Stop        Ctrl-C",
    "",
  ];
}

const besides = "KONTOR_DATA=./.own KONTOR_DEMO=off npm start";

function demoLines({ prefix }: BannerFacts): readonly string[] {
  const person = (key: string, role: string): string => {
    const { email, name } = demoCompany(key);
    return `    ${role.padEnd(10)}${email.padEnd(28)}${name}`;
  };
  return [
    `  Demo        ${demoMarketplace.name}; the password of every login is ${demoPassword}`,
    `    ${"operator".padEnd(10)}${demoOperator.email.padEnd(28)}runs the marketplace`,
    person("nordwerk", "buyer"),
    person("meridian", "supplier"),
    `              ${officeMarketplace.name}, a catalogue: packages/docs/first-order.md`,
    ...[
      ["buyer", officePerson("feldmark", "Timo")] as const,
      ["approver", officePerson("feldmark", "Carola")] as const,
      ["vendor", officePerson("schraubwerk", "Henrik")] as const,
    ].map(([role, { email, name }]) => `    ${role.padEnd(10)}${email.padEnd(28)}${name}`),
    "",
    `  Try next    ${prefix}npm run watch   in a second terminal: see the live auction and bid in it`,
    `              ${prefix}npm run watch -- wheat   see a market and trade in it`,
    `              ${besides}   an empty installation beside this one`,
  ];
}

function plainLines({ marketplaces, prefix }: BannerFacts): readonly string[] {
  if (marketplaces.includes(demoMarketplace.slug)) {
    return [
      "  The demo of an earlier start is in this folder. For an empty installation beside it:",
      `    ${besides}`,
      "",
    ];
  }
  if (marketplaces.length > 0) return [];
  return [
    "  There is no marketplace yet. In a second terminal make the first operator and a marketplace:",
    `    ${prefix}npm run operator:create -- --email you@example.org --name 'Your Name' --marketplace 'Metals Europe'`,
  ];
}
