import type { CompanyRole } from "@kontor/protocol";
import { companyRoles } from "@kontor/protocol";
import { requireValue } from "@kontor/sdk";
import type { Company, Person } from "../../world/people.ts";
import type { World } from "../../world/world.ts";
import type { Standing } from "./expectation.ts";

export type Caller = {
  readonly name: string;
  readonly standing: Standing;
  /** Null for nobody. */
  readonly person: Person | null;
  readonly companyId: string | null;
};

type Relation = "owner" | "counterparty" | "foreign";
const relations: readonly Relation[] = ["owner", "counterparty", "foreign"];

const member = (relation: Relation, role: CompanyRole): string => `${role} of the ${relation} company`;

/** Every kind of caller there is; known before there is a world, so that each has tests of its own. */
export const callerNames: readonly string[] = [
  "anonymous",
  "signed in without a company",
  "installation admin",
  "operator",
  "auditor",
  "operator of another marketplace",
  "auditor of another marketplace",
  "key of the counterparty company for a seller",
  ...relations.flatMap((relation) => companyRoles.map((role) => member(relation, role))),
];

export async function assembleCallers(world: World): Promise<ReadonlyMap<string, Caller>> {
  const { admin, operator, auditor, foreignOperator, foreignMarketplaceId, anna, buyer, foreigner } = world;
  const [nobody, foreignAuditor, robot, ...hired] = await Promise.all([
    world.person("Nobody in particular"),
    world.person("Foreign auditor"),
    anna.robot("seller"),
    ...(
      [
        ["owner", buyer],
        ["counterparty", anna],
        ["foreign", foreigner],
      ] as const
    ).flatMap(([relation, company]) => companyRoles.map((role) => hire(company, relation, role))),
  ]);
  requireValue(
    await foreignOperator.client.marketplaces.appoint(
      { marketplaceId: foreignMarketplaceId, userId: foreignAuditor.userId },
      "auditor",
    ),
  );
  const staff = (name: string, person: Person, standing: Standing["staff"]): Caller => ({
    name,
    person,
    companyId: null,
    standing: { credential: "session", ...(standing === undefined ? {} : { staff: standing }) },
  });
  const callers: readonly Caller[] = [
    { name: "anonymous", person: null, companyId: null, standing: { credential: "none" } },
    staff("signed in without a company", nobody, undefined),
    { ...staff("installation admin", admin, undefined), standing: { credential: "session", installationAdmin: true } },
    staff("operator", operator, { role: "operator", here: true }),
    staff("auditor", auditor, { role: "auditor", here: true }),
    staff("operator of another marketplace", foreignOperator, { role: "operator", here: false }),
    staff("auditor of another marketplace", foreignAuditor, { role: "auditor", here: false }),
    {
      name: "key of the counterparty company for a seller",
      person: robot,
      companyId: anna.companyId,
      standing: { credential: "key", company: { roles: ["seller"], here: true, ownsTender: false } },
    },
    ...hired,
  ];
  return new Map(callers.map((caller) => [caller.name, caller]));
}

async function hire(company: Company, relation: Relation, role: CompanyRole): Promise<Caller> {
  const person = role === "owner" ? company.boss : await company.hire(role);
  const standing = { roles: [role], here: relation !== "foreign", ownsTender: relation === "owner" };
  return {
    name: member(relation, role),
    person,
    companyId: company.companyId,
    standing: { credential: "session", company: standing },
  };
}
