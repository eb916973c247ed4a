import { z } from "zod";
import { DurationMs } from "../primitives.ts";
import type { SoftClose as SoftCloseRules } from "./lot-rules.ts";
import { LotFormat, SoftClose, Visibility } from "./lot-rules.ts";
import { Direction, Procedure } from "./terms.ts";

const Days = z.int().min(0).nullable();

/** A customary procedure as settings to start from: nothing reads its name afterwards. */
export const ProcedurePreset = z
  .object({
    name: z.string(),
    title: z.string(),
    direction: Direction.nullable().meta({ description: "Null where it serves buyers and sellers alike." }),
    procedure: Procedure,
    lots: z
      .object({ format: LotFormat, visibility: Visibility, durationMs: DurationMs, softClose: SoftClose })
      .meta({ description: "What the lots' rules start from. A sale takes `english_forward` for `english_reverse`." }),
    days: z.object({ questions: Days, submissions: Days }).meta({
      description: "From publication, days of 24 hours. Null: the owner sets the date as he likes.",
    }),
  })
  .meta({ id: "ProcedurePreset" });

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const base: z.infer<typeof Procedure> = {
  admission: { mode: "open", approval: "owner" },
  initialPrices: "none",
  liveAuction: true,
  schedule: { mode: "parallel", gapMs: 0 },
  minBidders: 1,
  singleBidder: "run",
  amendmentLeadMs: 0,
  decisionMs: 5 * day,
  standstillMs: 0,
};

const noSoftClose: SoftCloseRules = {
  variant: "none",
  windowMs: 0,
  extensionMs: 0,
  trigger: "any_bid",
  topCount: 3,
  capMs: null,
  scope: "lot",
};

/** Ten minutes more with a new leader in the last ten, two hours at most. */
const tenMinutes: SoftCloseRules = {
  ...noSoftClose,
  variant: "reset_in_window",
  windowMs: 10 * minute,
  extensionMs: 10 * minute,
  trigger: "leader_change",
  capMs: 2 * hour,
};

const sealedLots: ProcedurePreset["lots"] = {
  format: "sealed",
  visibility: "sealed",
  durationMs: 0,
  softClose: noSoftClose,
};

/** By name. */
export const procedurePresets = {
  open_tender: {
    title: "Open tender with sealed prices",
    direction: "buy",
    procedure: {
      ...base,
      initialPrices: "required",
      liveAuction: false,
      minBidders: 2,
      amendmentLeadMs: 7 * day,
      standstillMs: 10 * day,
    },
    lots: sealedLots,
    days: { questions: 20, submissions: 30 },
  },
  open_tender_with_auction: {
    title: "Open tender, then a live auction among those who handed in",
    direction: "buy",
    procedure: {
      ...base,
      initialPrices: "required",
      minBidders: 2,
      amendmentLeadMs: 7 * day,
      standstillMs: 10 * day,
    },
    lots: { format: "english_reverse", visibility: "rank", durationMs: 30 * minute, softClose: tenMinutes },
    days: { questions: 20, submissions: 30 },
  },
  electronic_auction: {
    title: "Electronic auction",
    direction: null,
    procedure: { ...base, standstillMs: 2 * day },
    lots: { format: "english_reverse", visibility: "lead", durationMs: 30 * minute, softClose: tenMinutes },
    days: { questions: 3, submissions: 7 },
  },
  request_for_quotations: {
    title: "Request for quotations",
    direction: "buy",
    procedure: {
      ...base,
      admission: { mode: "invited", approval: "automatic" },
      initialPrices: "required",
      liveAuction: false,
    },
    lots: sealedLots,
    days: { questions: 1, submissions: 2 },
  },
  commercial_tender: {
    title: "Commercial tender, freely arranged",
    direction: null,
    procedure: { ...base, initialPrices: "optional", singleBidder: "skip" },
    lots: { format: "english_reverse", visibility: "full", durationMs: 20 * minute, softClose: tenMinutes },
    days: { questions: null, submissions: null },
  },
  rare_items: {
    title: "Sale of rare items with proxy bids and a hidden reserve",
    direction: "sell",
    procedure: base,
    lots: {
      format: "proxy_forward",
      visibility: "lead",
      durationMs: 5 * day,
      softClose: { ...tenMinutes, variant: "extend_from_bid", trigger: "any_bid", windowMs: 0 },
    },
    days: { questions: 3, submissions: 5 },
  },
  surplus_sale: {
    title: "Sale of surplus and used goods, lots closing one minute apart",
    direction: "sell",
    procedure: {
      ...base,
      admission: { mode: "open", approval: "automatic" },
      schedule: { mode: "staggered", gapMs: minute },
    },
    lots: {
      format: "proxy_forward",
      visibility: "full",
      durationMs: 2 * hour,
      softClose: { ...tenMinutes, windowMs: 2 * minute, extensionMs: 2 * minute, trigger: "any_bid" },
    },
    days: { questions: 5, submissions: 7 },
  },
  serial_sale: {
    title: "Sale of many lots, one after the other",
    direction: "sell",
    procedure: {
      ...base,
      admission: { mode: "open", approval: "automatic" },
      schedule: { mode: "serial", gapMs: minute },
    },
    lots: {
      format: "english_forward",
      visibility: "full",
      durationMs: 5 * minute,
      softClose: { ...tenMinutes, windowMs: minute, extensionMs: minute, trigger: "any_bid" },
    },
    days: { questions: 5, submissions: 7 },
  },
} as const satisfies Readonly<Record<string, Omit<ProcedurePreset, "name">>>;

export type ProcedurePreset = z.infer<typeof ProcedurePreset>;
export type PresetName = keyof typeof procedurePresets;
