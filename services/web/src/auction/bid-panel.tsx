import { formatDecimal } from "@kontor/kernel";
import type { RefObject } from "react";
import { useState } from "react";
import { Button } from "react-aria-components";
import { useLocale, useText } from "../i18n/use-text.ts";
import { AmountInput } from "./amount-input.tsx";
import { BidChips } from "./bid-chips.tsx";
import type { Judgement } from "./bid-form.ts";
import { judgePrice } from "./bid-form.ts";
import { BidLine } from "./bid-line.tsx";
import { ConfirmBid } from "./confirm-bid.tsx";
import type { Confirmation } from "./confirm-level.ts";
import { confirmationOf } from "./confirm-level.ts";
import { EchoLine } from "./echo-line.tsx";
import { OwnLimit } from "./own-limit.tsx";
import { minorOf } from "./step-size.ts";
import type { BiddingHandle } from "./use-bidding.ts";
import { useOwnLimit } from "./use-own-limit.ts";
import type { Room } from "./use-room.ts";
import { moneyText, priceText } from "./use-say.ts";

type BidPanelProps = {
  readonly room: Room;
  readonly handle: BiddingHandle;
  readonly inputRef: RefObject<HTMLInputElement | null>;
};

type Review = { readonly price: bigint; readonly confirmation: Confirmation };

/** The bid form. Nothing in it moves when others bid: only its hint and the required price are told anew. */
export function BidPanel({ room, handle, inputRef }: BidPanelProps) {
  const t = useText();
  const { bid, state, lotId } = room;
  const [review, setReview] = useState<Review | null>(null);
  const [limit, setLimit] = useOwnLimit(lotId);
  const price = minorOf(handle.bidding.draft.text, bid.scale);
  const judgement = price === null ? null : judgePrice(price, bid);
  const enabled = state.form.kind === "enabled";
  const ready = enabled && judgement?.kind === "fits" && !handle.pending;
  const ask = (atLeast: 0 | 1): void => {
    if (!ready || price === null) return;
    const confirmation = confirmationOf(price, bid, { costFloor: minorOf(limit ?? undefined, bid.scale) });
    if (Math.max(confirmation.level, atLeast) === 0) handle.send(price);
    else setReview({ price, confirmation });
  };
  const put = (next: bigint): void => handle.edit(formatDecimal(next, bid.scale));
  return (
    <section className="panel bid-panel" aria-labelledby="bid-title">
      <h2 id="bid-title">{t(bid.takesMaximum ? "auction.form.maximum" : "auction.form.title")}</h2>
      <AmountInput
        room={room}
        value={handle.bidding.draft.text}
        onChange={handle.edit}
        onEnter={(quick) => ask(quick ? 0 : 1)}
        inputRef={inputRef}
      />
      <BidHint room={room} judgement={judgement} onTake={put} staleQuote={handle.staleQuote} />
      <EchoLine bid={bid} price={judgement?.kind === "fits" ? price : null} />
      <BidChips room={room} onTake={put} />
      <SendButton room={room} price={price} ready={ready} pending={handle.pending} onPress={() => ask(0)} />
      <BidLine room={room} handle={handle} onTake={put} />
      <OwnLimit room={room} limit={limit} onChange={setLimit} />
      {review === null ? null : (
        <ConfirmBid
          room={room}
          {...review}
          onCancel={() => setReview(null)}
          onConfirm={() => {
            setReview(null);
            handle.send(review.price);
          }}
        />
      )}
    </section>
  );
}

type SendProps = {
  readonly room: Room;
  readonly price: bigint | null;
  readonly ready: boolean;
  readonly pending: boolean;
  readonly onPress: () => void;
};

function SendButton({ room, price, ready, pending, onPress }: SendProps) {
  const t = useText();
  const locale = useLocale();
  const { bid, state } = room;
  const { form } = state;
  const amount = price === null ? null : priceText(formatDecimal(price, bid.scale), { locale, bid });
  const text =
    amount === null ? t("auction.form.send_empty") : t("auction.form.send", { price: `\u2066${amount}\u2069` });
  return (
    <div className="send-row">
      <Button className="button button-primary send-button" isDisabled={!ready} onPress={onPress}>
        {pending ? t("auction.form.sending") : text}
      </Button>
      {form.kind === "disabled" ? <p className="form-reason">{t(`auction.form.reason.${form.reason}`)}</p> : null}
    </div>
  );
}

type HintProps = {
  readonly room: Room;
  readonly judgement: Judgement | null;
  readonly staleQuote: bigint | null;
  readonly onTake: (price: bigint) => void;
};

/** Why the typed price cannot be sent now, and which one can. */
function BidHint({ room, judgement, staleQuote, onTake }: HintProps) {
  const t = useText();
  const locale = useLocale();
  const { bid, view } = room;
  const money = (minor: bigint): string =>
    `\u2066${moneyText(formatDecimal(minor, bid.scale), { locale, currency: bid.currency })}\u2069`;
  const text = hintText(judgement, { t, money, direction: view.direction });
  return (
    <div className="bid-hint" aria-live="polite">
      {staleQuote === null ? null : <p>{t("auction.hint.stale_quote", { price: money(staleQuote) })}</p>}
      {text === null ? null : <p>{text}</p>}
      {judgement?.kind !== "off_grid"
        ? null
        : judgement.nearest.map((one) =>
            one === null ? null : (
              <Button key={one.toString()} className="button button-quiet" onPress={() => onTake(one)}>
                {money(one)}
              </Button>
            ),
          )}
    </div>
  );
}

type HintWords = {
  readonly t: ReturnType<typeof useText>;
  readonly money: (minor: bigint) => string;
  readonly direction: "buy" | "sell";
};

function hintText(judgement: Judgement | null, { t, money, direction }: HintWords): string | null {
  switch (judgement?.kind) {
    case "not_positive":
      return t("auction.hint.not_positive");
    case "already_leading":
      return t("auction.hint.already_leading");
    case "outside":
      return outsideText(judgement, { t, money, direction });
    case "off_grid":
      return t("auction.hint.off_grid", { step: money(judgement.grid) });
    case "not_better_than_own":
      return t(`auction.hint.not_better_than_own.${direction}`, { price: money(judgement.own) });
    case "not_enough": {
      const price = money(judgement.required);
      if (judgement.steps === null) return t(`auction.hint.not_enough.${direction}`, { price });
      return t(`auction.hint.not_enough_steps.${direction}`, { price, steps: Number(judgement.steps) });
    }
    default:
      return null;
  }
}

function outsideText({ low, high }: Extract<Judgement, { kind: "outside" }>, { t, money }: HintWords): string {
  if (low !== null && high !== null) return t("auction.hint.outside", { low: money(low), high: money(high) });
  return high === null
    ? t("auction.hint.below", { price: money(low ?? 0n) })
    : t("auction.hint.above", { price: money(high) });
}
