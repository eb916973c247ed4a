import type { LotView, SoftClose, Step } from "@kontor/protocol";
import type { ShownLotTerms } from "./bid-terms.ts";
import type { RoomText } from "./room-text.ts";

/** The rules of a lot, one sentence each, in the order in which a bidder asks for them. */
export function ruleSentences(view: LotView, terms: ShownLotTerms | undefined): readonly RoomText[] {
  const rules = terms?.rules;
  const texts: RoomText[] = [{ id: `auction.rule.format.${view.format}` }];
  if (view.startPrice !== undefined) {
    texts.push({ id: `auction.rule.start.${view.direction}`, values: { price: { money: view.startPrice } } });
  }
  if (rules?.stepMin !== undefined) texts.push(stepSentence(rules.stepMin, "min"));
  if (rules?.stepMax !== undefined) texts.push(stepSentence(rules.stepMax, "max"));
  if (rules?.grid !== undefined) texts.push({ id: "auction.rule.grid", values: { price: { money: rules.grid } } });
  if (view.direction === "buy" && rules?.floorPrice !== undefined) {
    texts.push({ id: "auction.rule.floor", values: { price: { money: rules.floorPrice } } });
  }
  if (view.direction === "sell" && rules?.ceilingPrice !== undefined) {
    texts.push({ id: "auction.rule.ceiling", values: { price: { money: rules.ceilingPrice } } });
  }
  if (rules?.tieRule !== undefined) texts.push({ id: `auction.rule.tie.${rules.tieRule}` });
  texts.push({ id: `auction.rule.visibility.${view.visibility}` });
  if (rules?.softClose !== undefined) texts.push(softCloseSentence(rules.softClose as SoftClose));
  return texts;
}

function stepSentence(step: Step, bound: "min" | "max"): RoomText {
  switch (step.kind) {
    case "absolute":
      return { id: `auction.rule.step_${bound}.absolute`, values: { price: { money: step.amount } } };
    case "percent":
      return { id: `auction.rule.step_${bound}.percent_${step.of}`, values: { percent: step.percent } };
    case "table":
      return { id: `auction.rule.step_${bound}.table` };
  }
}

function softCloseSentence({ variant, windowMs, extensionMs }: SoftClose): RoomText {
  const extension = { durationMs: extensionMs };
  switch (variant) {
    case "none":
      return { id: "auction.rule.end.none" };
    case "extend_from_bid":
    case "restart":
      return { id: "auction.rule.end.extend_from_bid", values: { extension } };
    case "random_end":
      return { id: "auction.rule.end.random_end", values: { extension } };
    default:
      return { id: `auction.rule.end.${variant}`, values: { extension, window: { durationMs: windowMs } } };
  }
}
