import type { DemoAccount } from "@kontor/gateway";
import { demoCompany, demoMarketplace, demoOperator, demoPassword } from "./companies.ts";
import { officeCompany, officePerson } from "./office/office-companies.ts";

/** Accounts that the sign-in page of a demonstration offers: every side of every mechanism once. */
export function offeredAccounts(): readonly DemoAccount[] {
  const traders = ["nordwerk", "meridian", "cordillera"].map((key) => {
    const { name, person, email } = demoCompany(key);
    return { company: name, name: person, email, password: demoPassword };
  });
  const office = [
    ["feldmark", "Timo"],
    ["feldmark", "Carola"],
    ["schraubwerk", "Henrik"],
  ] as const;
  const officers = office.map(([key, person]) => {
    const { name, email } = officePerson(key, person);
    return { company: officeCompany(key).profile.legalName, name, email, password: demoPassword };
  });
  const operator = { ...demoOperator, company: demoMarketplace.name, password: demoPassword };
  return [...traders, ...officers, operator];
}
