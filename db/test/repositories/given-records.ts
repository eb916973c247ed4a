import type { Actor } from "@kontor/kernel";
import { microsOfInstant, partIdOf } from "@kontor/kernel";
import type { LotSummary, LotTerms, Procedure } from "@kontor/protocol";
import { LotTerms as LotTermsSchema, Procedure as ProcedureSchema } from "@kontor/protocol";
import { afterAll, beforeAll } from "vitest";
import type {
  AwardRow,
  BidRow,
  Connection,
  ContractRow,
  Database,
  InitialPriceRow,
  LotRow,
  NoticeRow,
  QuestionRow,
  RowsChanged,
  TenderRow,
  TenderSupplierRow,
} from "../../src/index.ts";
import { connect, createLotRepository, createProjectionStore, never, tenderRows } from "../../src/index.ts";
import type { TestDatabase } from "../../src/testing/index.ts";
import { createTestDatabase } from "../../src/testing/index.ts";

/** UTC microseconds of an instant on 1 November 2026, such as "08:00". */
export function at(clock: string): number {
  const micros = microsOfInstant(`2026-11-01T${clock}:00Z`);
  if (micros === null) throw new Error(`no time of day: ${clock}`);
  return micros;
}

export const now = at("12:00");
const marketplaceId = "metals";
export const member = (companyId: string, where: string | null = marketplaceId): Actor => ({
  kind: "member",
  userId: `u-${companyId}`,
  companyId,
  marketplaceId: where,
});
export const staff = (kind: "operator" | "auditor", where: string | null = marketplaceId): Actor => ({
  kind,
  userId: kind,
  companyId: null,
  marketplaceId: where,
});

export const tenderIdOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
export const tenderId = tenderIdOf(1);
export const lotId = partIdOf(tenderId, 1);

const procedure: Procedure = ProcedureSchema.parse({
  admission: { mode: "open", approval: "owner" },
  initialPrices: "optional",
  liveAuction: true,
  schedule: { mode: "parallel", gapMs: 0 },
});

export const lotTerms: LotTerms = LotTermsSchema.parse({
  title: "Copper cathode",
  grade: "Grade A",
  quantity: { value: "250", unit: "TNE" },
  estimatedValue: "2300000.00",
  rules: {
    format: "english_reverse",
    currency: "EUR",
    priceScale: 2,
    reserve: { price: "9000.00", shown: false },
    stepMin: { kind: "absolute", amount: "5.00" },
    durationMs: 900_000,
    softClose: { variant: "none" },
  },
});

const place = { tenderId, marketplaceId, seq: 1 };
const inLot = { ...place, lotId };

/** A published tender, open for bids in its first lot. */
export function tender(changes: Partial<TenderRow> = {}): TenderRow {
  const publishedAt = changes.publishedAt === undefined ? at("08:00") : changes.publishedAt;
  return {
    id: tenderId,
    marketplaceId,
    ownerCompanyId: "owner",
    createdBy: "clerk",
    version: 1,
    title: "Cathodes for the fourth quarter",
    description: "",
    reference: "CU-2026-Q4",
    direction: "buy",
    currency: "EUR",
    procedure,
    admission: "open",
    questionsUntil: null,
    submissionsUntil: null,
    auctionOpensAt: null,
    stage: "published",
    createdAt: at("07:00"),
    publishedAt,
    listedAt: publishedAt ?? at("07:00"),
    deadlineAt: never,
    finishedAt: null,
    cancelledReason: null,
    drawCommitment: null,
    drawSecret: null,
    amendments: [],
    lotsCount: 1,
    seq: 1,
    ...changes,
  };
}

export function lot(changes: Partial<LotRow> = {}): LotRow {
  return {
    id: lotId,
    ...place,
    number: 1,
    title: lotTerms.title,
    grade: lotTerms.grade,
    quantity: "250",
    unit: "TNE",
    direction: "buy",
    format: "english_reverse",
    visibility: "lead",
    currency: "EUR",
    priceScale: 2,
    terms: lotTerms,
    phase: "open",
    reason: null,
    opensAt: at("09:00"),
    endsAt: at("10:00"),
    extensions: 0,
    bidCount: 1,
    bestPrice: "9400.00",
    leaderCompanyId: "one",
    closedAt: null,
    outcome: null,
    resultPrice: null,
    winnerCompanyId: null,
    revealed: false,
    ...changes,
  };
}

export function bid(changes: Partial<BidRow> = {}): BidRow {
  return {
    id: `${changes.lotId ?? lotId}-b1`,
    ...inLot,
    companyId: "one",
    userId: "u-one",
    alias: 1,
    price: "9400.00",
    currency: "EUR",
    maximum: null,
    source: "live",
    at: at("09:05"),
    voided: false,
    voidReason: null,
    ...changes,
  };
}

export function supplier(companyId: string, changes: Partial<TenderSupplierRow> = {}): TenderSupplierRow {
  return { ...place, companyId, state: "admitted", reason: null, at: at("08:30"), ...changes };
}

export function question(changes: Partial<QuestionRow> = {}): QuestionRow {
  const open = { answer: null, answeredAt: null, published: false };
  const asked = { companyId: "one", text: "Which harbour?", askedAt: at("08:40") };
  return { id: `${tenderId}-q1`, ...place, ...asked, ...open, ...changes };
}

export function initialPrice(companyId: string, price: string): InitialPriceRow {
  const unjudged = { evaluatedPrice: null, note: null, disqualified: null };
  return { ...inLot, companyId, price, currency: "EUR", at: at("08:45"), ...unjudged };
}

export function award(changes: Partial<AwardRow> = {}): AwardRow {
  return {
    id: `${lotId}-a1`,
    ...inLot,
    companyId: "one",
    ownerCompanyId: "owner",
    status: "pending",
    price: "9400.00",
    currency: "EUR",
    rank: 1,
    reason: null,
    proposedAt: at("10:00"),
    decidedAt: null,
    standstillEndsAt: null,
    ...changes,
  };
}

export function contract(changes: Partial<ContractRow> = {}): ContractRow {
  return {
    id: `${lotId}-c1`,
    awardId: `${lotId}-a1`,
    ...inLot,
    companyId: "one",
    ownerCompanyId: "owner",
    title: "Copper cathode",
    quantity: "250",
    unit: "TNE",
    price: "9400.00",
    currency: "EUR",
    status: "open",
    drawnAt: at("11:00"),
    signedByOwnerAt: null,
    signedByCounterpartyAt: null,
    ...changes,
  };
}

export function notice(changes: Partial<NoticeRow> = {}): NoticeRow {
  const told = {
    companyId: "one",
    kind: "supplier_admitted",
    lotId: null,
    data: {},
    at: at("08:30"),
    readAt: null,
    userId: null,
  };
  return { id: `${tenderId}-1-0-one`, ...place, ...told, ...changes };
}

const nothing: RowsChanged = {
  tenders: [],
  lots: [],
  lotBidders: [],
  bids: [],
  initialPrices: [],
  suppliers: [],
  questions: [],
  awards: [],
  contracts: [],
  notices: [],
  removedLotIds: [],
  fallenBids: [],
};

export type Records = Connection & {
  /** Writes rows as a projection would. */
  readonly keep: (rows: Partial<RowsChanged>) => Promise<void>;
};

/** A database for the tests of a file. */
export function givenRecords(): Records {
  let database: TestDatabase | undefined;
  let connection: Connection | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
    connection = connect(database.url, { max: 3 });
  });
  afterAll(async () => {
    await connection?.close();
    await database?.drop();
  });
  const ready = (): Connection => {
    if (connection === undefined) throw new Error("the fixture is used before its tests run");
    return connection;
  };
  return {
    get db() {
      return ready().db;
    },
    get sql() {
      return ready().sql;
    },
    close: () => ready().close(),
    async keep(rows) {
      const { project } = createProjectionStore(ready().db);
      await project("given", (tx) => tx.save(tenderRows, { ...nothing, ...rows }));
    },
  };
}

/** Follows `next` from page to page; `between` runs after each. */
export async function readAll<Entry>(
  list: (
    cursor: string | undefined,
  ) => Promise<{ ok: true; data: readonly Entry[]; next: string | null } | { ok: false }>,
  between: () => Promise<void> = () => Promise.resolve(),
): Promise<Entry[]> {
  const entries: Entry[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await list(cursor);
    if (!page.ok) throw new Error("the cursor was not understood");
    entries.push(...page.data);
    if (page.next === null) return entries;
    cursor = page.next;
    await between();
  }
}

/** The lot as the list of its tender's lots shows it to the actor. */
export async function lotSeenBy(db: Database, actor: Actor, id: string = lotId): Promise<LotSummary | undefined> {
  const page = await createLotRepository(db).list(actor, { tenderId: id.slice(0, 36) });
  return page.ok ? page.data.find((seen) => seen.lotId === id) : undefined;
}
