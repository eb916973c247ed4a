import { newId, requireValue } from "@kontor/sdk";
import type { Company } from "../../world/people.ts";
import type { Example, Scene } from "./example-requests.ts";
import { reading } from "./reading-examples.ts";

const profiled = new Map<string, Promise<string>>();

/** The certificate of the caller's company where it sells here, else of another's: made once for each company. */
function profileOf({ world, caller }: Scene): Promise<Readonly<Record<"companyId" | "certificateId", string>>> {
  const company = [world.buyer, world.anna].find(({ companyId }) => companyId === caller.companyId) ?? world.anna;
  const known = profiled.get(company.companyId) ?? write(world.marketplaceId, company);
  profiled.set(company.companyId, known);
  return known.then((certificateId) => ({ companyId: company.companyId, certificateId }));
}

const certificate = { standard: "ISO 9001", issuer: "Board", number: "1", validUntil: "2098-12-31" };

async function write(marketplaceId: string, { boss }: Company): Promise<string> {
  const written = await boss.client.suppliers.write(marketplaceId, { certificates: [certificate] });
  return requireValue(written).certificates[0]?.certificateId ?? "";
}

const market = "/v1/marketplaces/:marketplaceId";
/** A version that nobody has: whoever is let in is told so, and nothing is written. */
const stale = { status: 412, headers: { "if-match": '"999"' } };
const someRate: Example["prepare"] = async ({ world }) => {
  const key = { country: "DE", category: "zero" } as const;
  await world.operator.client.taxes.write({ marketplaceId: world.marketplaceId, ...key }, { percent: "0" });
  return key;
};

/** How one asks at the doors of search settings, tax rates and suppliers. */
export const searchExamples: Readonly<Record<string, Example>> = {
  [`PUT ${market}/search-settings`]: { ...stale, body: { languages: ["en"] } },
  [`PUT ${market}/tax-rates/:country/:category`]: { ...stale, body: { percent: "19" }, prepare: someRate },
  [`DELETE ${market}/tax-rates/:country/:category`]: { ...stale, prepare: someRate },
  ...reading(`${market}/suppliers/:companyId`, { prepare: profileOf }),
  [`PUT ${market}/supplier-profile`]: {
    status: 422,
    headers: { "if-none-match": "*" },
    body: () => ({ supplies: [{ scheme: "nowhere", code: newId() }] }),
  },
  [`DELETE ${market}/supplier-profile`]: { ...stale, prepare: profileOf },
  [`PUT ${market}/suppliers/:companyId/certificates/:certificateId/verification`]: {
    status: 200,
    body: { verified: true },
    prepare: profileOf,
  },
};
