import { Button } from "react-aria-components";
import { useLocale, useText } from "../i18n/use-text.ts";
import { Figure } from "./figure.tsx";
import { nearestIn, problemText } from "./problem-texts.ts";
import { msOf } from "./room-state.ts";
import { minorOf } from "./step-size.ts";
import type { BiddingHandle } from "./use-bidding.ts";
import type { Room } from "./use-room.ts";
import { moneyText, useSay } from "./use-say.ts";

type BidLineProps = { readonly room: Room; readonly handle: BiddingHandle; readonly onTake: (price: bigint) => void };

/** One line: where the latest bid is. Its place is always there, so that nothing moves when it speaks. */
export function BidLine({ room, handle, onTake }: BidLineProps) {
  const t = useText();
  const locale = useLocale();
  const say = useSay(room.view.currency);
  const { status, bidding } = handle;
  const { flight } = bidding;
  if (flight === null) return <div className="bid-line" data-status="none" />;
  const { answer } = flight;
  if (answer.kind === "rejected") {
    const nearest = nearestIn(answer.problem);
    const minor = minorOf(nearest ?? undefined, room.bid.scale);
    return (
      <div className="bid-line" data-status="rejected">
        <p>{say(problemText(answer.problem))}</p>
        {minor === null || nearest === null ? null : (
          <Button className="button button-quiet" onPress={() => onTake(minor)}>
            <bdi>{t("auction.form.take", { price: moneyText(nearest, { locale, currency: room.view.currency }) })}</bdi>
          </Button>
        )}
      </div>
    );
  }
  const atMs = answer.kind === "accepted" ? msOf(answer.at) : null;
  return (
    <div className="bid-line" data-status={status}>
      <p>
        <Figure amount={flight.price} currency={room.view.currency} per={room.bid.quantity?.unit} /> ·{" "}
        {t(`auction.status.${status}`)}
      </p>
      {atMs === null ? null : (
        <p className="receipt">{say({ id: "auction.line.receipt", values: { at: { atMs, precise: true } } })}</p>
      )}
    </div>
  );
}
