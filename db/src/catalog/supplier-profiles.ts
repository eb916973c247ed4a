import type { Actor } from "@kontor/kernel";
import type { SupplierCertificate, SupplierProfileInput, SupplierProfileRecord } from "@kontor/protocol";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { OwnCompany } from "../buying/orders/own-company.ts";
import { ownCompanyOf, staleVersion } from "../buying/orders/own-company.ts";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { instantOf } from "../repositories/record-members.ts";
import { allOf, anyOf, inMarketplace, ofCompanyOrStaff } from "../repositories/scope.ts";
import type { SupplyRow } from "../schema/catalog-search.ts";
import { supplierCertificates, supplierProfiles } from "../schema/catalog-search.ts";
import { companyProfiles } from "../schema/marketplaces.ts";
import { isVendor } from "./catalog-scope.ts";

/** What companies tell all of a marketplace about what they supply. Units are codes by now. */
export type SupplierProfileRepository = {
  /** Of approved suppliers; one's own and, for staff, any. Undefined where there is none. */
  readonly find: (actor: Actor, companyId: string) => Promise<SupplierProfileRecord | undefined>;
  /** The same of several, without those that the actor does not see. */
  readonly show: (actor: Actor, companyIds: readonly string[]) => Promise<readonly SupplierProfileRecord[]>;
  /** The acting company's own, version 0 for the first. `class_unknown`, `not_found` for who sells nothing here. */
  readonly write: (
    actor: Actor,
    change: { readonly input: SupplierProfileInput; readonly version: number },
  ) => Promise<Answered<SupplierProfileRecord>>;
  readonly remove: (actor: Actor, version: number) => Promise<Answered<null>>;
  /** Whether the operator has found a certificate to be true. Another certificate is another row, which nobody verified. */
  readonly verify: (actor: Actor, verdict: CertificateVerdict) => Promise<Answered<SupplierProfileRecord>>;
};

export type CertificateVerdict = {
  readonly companyId: string;
  readonly certificateId: string;
  readonly verified: boolean;
};

export function createSupplierProfileRepository(db: Database): SupplierProfileRepository {
  const shown = async (from: Database, actor: Actor, companyIds: readonly string[]) => {
    const rows = await from
      .select({ profile: supplierProfiles, name: companyProfiles.legalName })
      .from(supplierProfiles)
      .leftJoin(companyProfiles, eq(companyProfiles.companyId, supplierProfiles.companyId))
      .where(allOf(seesProfile(actor), inArray(supplierProfiles.companyId, [...companyIds])));
    if (rows.length === 0) return [];
    const certificates = await from
      .select()
      .from(supplierCertificates)
      .where(
        allOf(
          inMarketplace(actor, supplierCertificates.marketplaceId),
          inArray(supplierCertificates.companyId, [...companyIds]),
        ),
      )
      .orderBy(asc(supplierCertificates.standard), asc(supplierCertificates.validUntil), asc(supplierCertificates.id));
    return rows.map(({ profile, name }) =>
      recordOf(profile, {
        name: name ?? profile.companyId,
        certificates: certificates.filter(({ companyId }) => companyId === profile.companyId),
      }),
    );
  };
  const answerOf = async (from: Database, actor: Actor, companyId: string) => {
    const [record] = await shown(from, actor, [companyId]);
    return record === undefined ? refused("not_found") : answered(record);
  };

  return {
    find: async (actor, companyId) => (await shown(db, actor, [companyId]))[0],
    show: (actor, companyIds) => (companyIds.length === 0 ? Promise.resolve([]) : shown(db, actor, companyIds)),

    write: (actor, { input, version }) =>
      wholly(db, async (tx) => {
        const own = ownCompanyOf(actor);
        if (own === undefined || !(await isVendor(tx, actor))) return refused("not_found");
        const wrong = await unknownClass(tx, own, input.supplies);
        if (wrong >= 0) return refused("class_unknown", { pointer: `/supplies/${wrong}`, ...input.supplies[wrong] });
        if (!(await writeProfile(tx, own, { input, version }))) return staleVersion(await versionOf(tx, own));
        await writeCertificates(tx, own, input.certificates);
        return await answerOf(tx, actor, own.companyId);
      }),

    remove: (actor, version) =>
      wholly(db, async (tx) => {
        const own = ownCompanyOf(actor);
        if (own === undefined) return refused("not_found");
        const gone = await tx
          .delete(supplierProfiles)
          .where(and(ofCompany(own), eq(supplierProfiles.version, version)))
          .returning({ companyId: supplierProfiles.companyId });
        if (gone.length > 0) return answered(null);
        const known = await versionOf(tx, own);
        return known === 0 ? refused("not_found") : staleVersion(known);
      }),

    verify: (actor, { companyId, certificateId, verified }) =>
      wholly(db, async (tx) => {
        const { kind, marketplaceId, userId } = actor;
        if (kind !== "operator" || marketplaceId === null) return refused("not_found");
        const { marketplaceId: place, companyId: company, id, verifiedAt, verifiedBy } = supplierCertificates;
        const changed = await tx
          .update(supplierCertificates)
          .set({
            verifiedAt: verified ? sql`coalesce(${verifiedAt}, now())` : null,
            verifiedBy: verified ? sql`coalesce(${verifiedBy}, ${userId})` : null,
          })
          .where(and(eq(place, marketplaceId), eq(company, companyId), eq(id, certificateId)))
          .returning({ id });
        return changed.length === 0 ? refused("not_found") : await answerOf(tx, actor, companyId);
      }),
  };
}

/** Those of approved suppliers, one's own, and all for staff. */
function seesProfile(actor: Actor) {
  const supplies = sql`exists (select 1 from participations a where a.marketplace_id = ${supplierProfiles.marketplaceId}
    and a.company_id = ${supplierProfiles.companyId} and a.status = 'approved' and a.side <> 'buyer')`;
  return allOf(
    inMarketplace(actor, supplierProfiles.marketplaceId),
    anyOf(ofCompanyOrStaff(actor, supplierProfiles.companyId), supplies),
  );
}

function ofCompany({ marketplaceId, companyId }: OwnCompany) {
  return and(eq(supplierProfiles.marketplaceId, marketplaceId), eq(supplierProfiles.companyId, companyId));
}

async function versionOf(tx: Database, own: OwnCompany): Promise<number> {
  const [row] = await tx.select({ version: supplierProfiles.version }).from(supplierProfiles).where(ofCompany(own));
  return row?.version ?? 0;
}

/** The place of the first class that the marketplace does not have, or -1. */
async function unknownClass(
  tx: Database,
  { marketplaceId }: OwnCompany,
  supplies: SupplierProfileInput["supplies"],
): Promise<number> {
  const wanted = supplies.map(({ scheme, code }, place) => ({ scheme, code, place }));
  const [row] = await tx.execute<{ readonly place: number }>(sql`
    select w.place from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(scheme text, code text, place int)
    where not exists (select 1 from class_nodes n
      where n.marketplace_id = ${marketplaceId} and n.scheme = w.scheme and n.code = w.code)
    order by w.place limit 1`);
  return row?.place ?? -1;
}

type Change = { readonly input: SupplierProfileInput; readonly version: number };

/** False where the profile has another version by now. */
async function writeProfile(tx: Database, own: OwnCompany, { input, version }: Change): Promise<boolean> {
  const { marketplaceId, companyId } = own;
  const values = { regions: [...input.regions], texts: input.texts, supplies: input.supplies as readonly SupplyRow[] };
  const written = await (version === 0
    ? tx
        .insert(supplierProfiles)
        .values({ marketplaceId, companyId, ...values })
        .onConflictDoNothing()
        .returning({ version: supplierProfiles.version })
    : tx
        .update(supplierProfiles)
        .set({ ...values, version: sql`${supplierProfiles.version} + 1`, updatedAt: sql`now()` })
        .where(and(ofCompany(own), eq(supplierProfiles.version, version)))
        .returning({ version: supplierProfiles.version }));
  return written.length > 0;
}

/** What is told again as it was stays, with what the operator found. */
async function writeCertificates(
  tx: Database,
  { marketplaceId, companyId }: OwnCompany,
  certificates: SupplierProfileInput["certificates"],
): Promise<void> {
  const told = sql`jsonb_to_recordset(${JSON.stringify(certificates)}::jsonb)
    as t(standard text, issuer text, number text, "validUntil" date)`;
  await tx.execute(sql`
    delete from supplier_certificates c where c.marketplace_id = ${marketplaceId} and c.company_id = ${companyId}
      and not exists (select 1 from ${told} where t.standard = c.standard and t.issuer = c.issuer
        and t.number = c.number and t."validUntil" = c.valid_until)`);
  await tx.execute(sql`
    insert into supplier_certificates (marketplace_id, company_id, standard, issuer, number, valid_until)
    select ${marketplaceId}, ${companyId}, t.standard, t.issuer, t.number, t."validUntil" from ${told}
    on conflict do nothing`);
}

type Beside = {
  readonly name: string;
  readonly certificates: readonly (typeof supplierCertificates.$inferSelect)[];
};

function recordOf(
  profile: typeof supplierProfiles.$inferSelect,
  { name, certificates }: Beside,
): SupplierProfileRecord {
  const { marketplaceId, companyId, regions, texts, supplies, updatedAt, version } = profile;
  return {
    ...{ marketplaceId, companyId, name, regions, version },
    texts: texts.map((text) => ({ ...text })),
    supplies: supplies as SupplierProfileRecord["supplies"],
    certificates: certificates.map(certificateOf),
    updatedAt: instantOf(updatedAt),
  };
}

function certificateOf(row: typeof supplierCertificates.$inferSelect): SupplierCertificate {
  const { id, standard, issuer, number, validUntil, verifiedAt } = row;
  return {
    ...{ certificateId: id, standard, issuer, number, validUntil },
    ...(verifiedAt === null ? {} : { verifiedAt: instantOf(verifiedAt) }),
  };
}
