import type { Actor, Micros } from "@kontor/kernel";
import type { AgreementRecord, AgreementTerms } from "@kontor/protocol";
import { and, eq, sql } from "drizzle-orm";
import type { Answered, Refused } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { agreements, divisions } from "../schema/catalog-prices.ts";
import type { FoundAgreement } from "./agreement-documents.ts";
import { agreementRecordOf, findAgreement, seesAgreement } from "./agreement-documents.ts";
import type { AgreementRow } from "./agreement-terms.ts";
import { checkedTerms, termColumns, writeTermRows } from "./agreement-terms.ts";
import { recordChange } from "./catalog-record.ts";
import type { CurrencyDecimals } from "./order-minimums.ts";
import { boundIn } from "./periods.ts";
import { beginning } from "./sql-values.ts";

/** What a party does with an agreement that there is. */
export type AgreementStep =
  /** The vendor's: of a draft or a proposal they are the terms, of an active one the buyer has to accept them first. */
  | { readonly kind: "revise"; readonly terms: AgreementTerms }
  /** Each side its own. */
  | { readonly kind: "number"; readonly number: string }
  | { readonly kind: "propose" }
  /** The buyer's, of all terms or of changed ones. Undefined division: as before, or for the whole company. */
  | { readonly kind: "accept"; readonly divisionId: string | null | undefined }
  | { readonly kind: "refuse"; readonly reason: string }
  /** Either side's; without `at` now. */
  | { readonly kind: "end"; readonly reason: string; readonly at: string | undefined };

export type AgreementKey = { readonly agreementId: string; readonly expectedVersion: number };
export type Stepping = {
  readonly actor: Actor;
  readonly key: AgreementKey;
  readonly step: AgreementStep;
  readonly now: Micros;
  readonly decimalsOf: CurrencyDecimals;
};

type Columns = Partial<typeof agreements.$inferInsert>;
type Side = "vendor" | "buyer";
type Scene = Stepping & { readonly row: AgreementRow; readonly side: Side };

const sides: Readonly<Record<AgreementStep["kind"], readonly Side[]>> = {
  revise: ["vendor"],
  number: ["vendor", "buyer"],
  propose: ["vendor"],
  accept: ["buyer"],
  refuse: ["buyer"],
  end: ["vendor", "buyer"],
};

/** One step, with its line on record. To a party whose step it is not the agreement is as if it were not there. */
export async function takeStep(tx: Database, stepping: Stepping): Promise<Answered<AgreementRecord>> {
  const { actor, key, step, decimalsOf } = stepping;
  const locked = await tx
    .select({ id: agreements.id })
    .from(agreements)
    .where(and(seesAgreement(actor), eq(agreements.id, key.agreementId)))
    .for("update");
  const before = locked.length === 0 ? undefined : await findAgreement(tx, actor, key.agreementId);
  if (before === undefined || actor.kind !== "member") return refused("not_found");
  const { row } = before;
  const side = row.vendorId === actor.companyId ? "vendor" : "buyer";
  if (!sides[step.kind].includes(side)) return refused("forbidden");
  if (row.version !== key.expectedVersion) return refused("precondition_failed", { actualVersion: row.version });
  const columns = await columnsAfter(tx, { ...stepping, row, side }, before);
  if (!columns.ok) return columns;
  await tx
    .update(agreements)
    .set({ ...columns.value, version: row.version + 1, updatedAt: sql`now()` })
    .where(eq(agreements.id, row.id));
  const found = await findAgreement(tx, actor, key.agreementId);
  if (found === undefined) return refused("not_found");
  const after = agreementRecordOf(found, decimalsOf);
  await recordAgreement(tx, {
    actor,
    action: actionOf(step, row),
    before: agreementRecordOf(before, decimalsOf),
    after,
    step,
  });
  return answered(after);
}

function columnsAfter(
  tx: Database,
  scene: Scene,
  found: FoundAgreement,
): Promise<Answered<Columns>> | Answered<Columns> {
  const { step, row, side } = scene;
  switch (step.kind) {
    case "number":
      return answered(side === "vendor" ? { numberVendor: step.number } : { numberBuyer: step.number });
    case "propose":
      return row.status === "draft" ? answered({ status: "proposed" }) : wrongState(row);
    case "revise":
      return reviseIn(tx, scene, step.terms);
    case "accept":
      return acceptIn(tx, scene, { divisionId: step.divisionId, found });
    case "refuse":
      if (row.status === "proposed") return answered({ status: "refused" });
      return row.status === "active" && row.proposal !== null ? answered({ proposal: null }) : wrongState(row);
    case "end":
      return endIn(scene, step.at);
  }
}

const wrongState = ({ status }: AgreementRow): Refused => refused("agreement_state_wrong", { state: status });

async function reviseIn(tx: Database, { row, decimalsOf }: Scene, terms: AgreementTerms): Promise<Answered<Columns>> {
  if (row.status === "ended") return wrongState(row);
  const checked = await checkedTerms(tx, row, { terms, decimalsOf });
  if (!checked.ok) return checked;
  if (row.status === "active") return answered({ proposal: terms });
  await writeTermRows(tx, { ...row, agreementId: row.id }, checked.value);
  // What was refused is the vendor's alone again until he proposes it anew.
  const status = row.status === "refused" ? "draft" : row.status;
  return answered({ ...termColumns(checked.value, null), status });
}

type Accepting = { readonly divisionId: string | null | undefined; readonly found: FoundAgreement };

async function acceptIn(
  tx: Database,
  { row, now, decimalsOf }: Scene,
  { divisionId }: Accepting,
): Promise<Answered<Columns>> {
  const place = divisionId === undefined ? {} : { divisionId };
  if (divisionId !== undefined && divisionId !== null && !(await isDivisionOf(tx, row.buyerId, divisionId))) {
    return refused("not_found", { pointer: "/divisionId" });
  }
  if (row.status === "proposed") {
    const validFrom = row.validFrom === beginning ? now : row.validFrom;
    return answered({ ...place, status: "active", validFrom });
  }
  if (row.status !== "active" || row.proposal === null) return wrongState(row);
  // What was sound when it was proposed may have gone since: a list, an offer.
  const checked = await checkedTerms(tx, row, { terms: row.proposal as AgreementTerms, decimalsOf });
  if (!checked.ok) return checked;
  await writeTermRows(tx, { ...row, agreementId: row.id }, checked.value);
  const columns = termColumns(checked.value, row.validFrom);
  return answered({ ...place, ...columns, proposal: null, termsVersion: row.termsVersion + 1 });
}

async function isDivisionOf(tx: Database, companyId: string, divisionId: string): Promise<boolean> {
  const [division] = await tx
    .select({ id: divisions.id })
    .from(divisions)
    .where(and(eq(divisions.id, divisionId), eq(divisions.companyId, companyId)))
    .for("key share");
  return division !== undefined;
}

function endIn({ row, now }: Scene, at: string | undefined): Answered<Columns> {
  if (row.status !== "active") return wrongState(row);
  const wished = at === undefined ? now : boundIn("UTC", at);
  if (wished === null || wished < now) return refused("period_invalid", { pointer: "/at" });
  const end = row.validUntil === null ? wished : Math.min(row.validUntil, wished);
  return answered({ status: "ended", proposal: null, validUntil: Math.max(end, row.validFrom) });
}

function actionOf({ kind }: AgreementStep, { status }: AgreementRow): string {
  if (kind === "revise") return status === "active" ? "change_proposed" : "revised";
  if (kind === "number") return "numbered";
  if (kind === "accept") return status === "active" ? "change_accepted" : "accepted";
  if (kind === "refuse") return status === "active" ? "change_refused" : "refused";
  return kind === "propose" ? "proposed" : "ended";
}

type Recorded = {
  readonly actor: Actor;
  readonly action: string;
  readonly before: AgreementRecord | null;
  readonly after: AgreementRecord;
  readonly step?: AgreementStep;
};

export async function recordAgreement(tx: Database, { actor, action, before, after, step }: Recorded): Promise<void> {
  const { agreementId, marketplaceId, vendorId, version } = after;
  await recordChange(tx, {
    subject: "agreement",
    subjectId: agreementId,
    marketplaceId,
    companyId: vendorId,
    action,
    before: { ...before },
    after: { ...after },
    reason: step !== undefined && "reason" in step ? step.reason : null,
    by: actor.userId,
    version,
  });
}
