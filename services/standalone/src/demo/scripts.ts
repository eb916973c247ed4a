import type { Stage } from "./stage.ts";

/* What happens in each seeded tender after its publication, until it stands where it shall stand. */

export type Script = (stage: Stage) => Promise<void>;

async function admit(stage: Stage, ...companies: readonly string[]): Promise<void> {
  const { tenderId } = stage;
  for (const company of companies) await stage.act(company, { type: "request_admission", tenderId });
}

async function hand(stage: Stage, company: string, ...prices: readonly string[]): Promise<void> {
  for (const [i, price] of prices.entries()) {
    await stage.act(company, { type: "submit_initial_price", lotId: stage.lotId(i + 1), price });
  }
}

async function bid(stage: Stage, ...bids: readonly (readonly [company: string, price: string])[]): Promise<void> {
  await stage.lotReaches(bids[0]?.[0] ?? "", "open", "award_pending");
  const lotId = stage.lotId(1);
  for (const [company, price] of bids) await stage.act(company, { type: "submit_bid", lotId, price });
}

async function award(stage: Stage, owner: string): Promise<void> {
  await stage.lotReaches(owner, "award_pending", "standstill", "contract");
  const lotId = stage.lotId(1);
  await stage.act(owner, { type: "accept_award", lotId, awardId: `${lotId}-a1` });
}

const questions: Script = async (stage) => {
  const { tenderId } = stage;
  await admit(stage, "alfoeld", "beauce");
  const first = "Is delivery by barge to Adria possible, and at which draught?";
  await stage.act("alfoeld", { type: "ask_question", tenderId, text: first });
  await stage.act("molinara", {
    type: "answer_question",
    tenderId,
    questionId: `${tenderId}-q1`,
    text: "Yes, up to 1,350 t per barge; the guaranteed draught is 2.0 m from November to April.",
    published: true,
  });
  const second = "Would you take protein 12.3 % with a price allowance, or is 12.5 % a strict minimum?";
  await stage.act("beauce", { type: "ask_question", tenderId, text: second });
};

const admission: Script = async (stage) => {
  const { tenderId, cast } = stage;
  await admit(stage, "brightwell", "nordwerk");
  const { companyId } = cast.player("brightwell");
  await stage.act("hafenchemie", { type: "admit_supplier", tenderId, companyId });
};

const sealedOffers: Script = async (stage) => {
  await admit(stage, "kartonal", "scheldt");
  await hand(stage, "kartonal", "0.4420", "0.7985");
  await hand(stage, "scheldt", "0.4515", "0.7840");
};

const evaluation: Script = async (stage) => {
  await admit(stage, "scheldt", "hafenchemie", "kartonal");
  await hand(stage, "scheldt", "1212.00");
  await hand(stage, "hafenchemie", "1198.00");
  await hand(stage, "kartonal", "1245.00");
  await stage.lotReaches("brightwell", "evaluation");
  await stage.act("brightwell", {
    type: "evaluate_price",
    lotId: stage.lotId(1),
    companyId: stage.cast.player("hafenchemie").companyId,
    evaluatedPrice: "1221.50",
    note: "Freight to Waterford 23.50 EUR/t added: the offer is FCA Nordenham.",
  });
};

const standstill: Script = async (stage) => {
  await admit(stage, "cordillera", "silesia", "meridian");
  await bid(
    stage,
    ["silesia", "9465.00"],
    ["cordillera", "9440.00"],
    ["meridian", "9425.00"],
    ["cordillera", "9390.00"],
  );
  await award(stage, "nordwerk");
};

const contract: Script = async (stage) => {
  await admit(stage, "kartonal", "scheldt");
  await bid(stage, ["scheldt", "14.20"], ["kartonal", "13.95"], ["scheldt", "13.80"], ["kartonal", "13.65"]);
  await award(stage, "hafenchemie");
  const lotId = stage.lotId(1);
  await stage.act("hafenchemie", { type: "sign_contract", lotId, contractId: `${lotId}-c1` });
};

const cancelled: Script = async (stage) => {
  const { tenderId } = stage;
  await admit(stage, "alfoeld");
  const reason = "The mill's own stock suffices until the new harvest.";
  await stage.act("molinara", { type: "cancel_tender", tenderId, reason });
};

/** By the tender's reference. */
export const scripts: Readonly<Record<string, Script>> = {
  "DEMO-2": questions,
  "DEMO-3": admission,
  "DEMO-4": sealedOffers,
  "DEMO-5": evaluation,
  "DEMO-6": standstill,
  "DEMO-7": contract,
  "DEMO-8": cancelled,
};
