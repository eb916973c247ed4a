import { useText } from "../i18n/use-text.ts";
import { Figure } from "./figure.tsx";
import type { BiddingHandle } from "./use-bidding.ts";
import type { OwnBid } from "./use-own-bids.ts";
import type { Room } from "./use-room.ts";
import { useSay } from "./use-say.ts";

type MyBidsProps = { readonly room: Room; readonly ownBids: readonly OwnBid[]; readonly handle: BiddingHandle };

/** One's own bids: what is under way on top, then what the record holds, each with the server's time. */
export function MyBids({ room, ownBids, handle }: MyBidsProps) {
  const t = useText();
  const say = useSay(room.view.currency);
  const { flight } = handle.bidding;
  const bidId = flight?.answer.kind === "accepted" ? flight.answer.bidId : null;
  const isRecorded = ownBids.some((one) => one.bidId === bidId);
  return (
    <section className="panel" aria-labelledby="mine-title">
      <header className="panel-head">
        <h2 id="mine-title">{t("auction.mine.title")}</h2>
      </header>
      {ownBids.length === 0 && flight === null ? <p className="panel-empty">{t("auction.mine.empty")}</p> : null}
      <table className="room-table">
        <tbody>
          {flight === null || isRecorded ? null : (
            <tr data-own>
              <td>{t(`auction.status.${handle.status}`)}</td>
              <td className="number-cell">
                <Figure amount={flight.price} />
              </td>
              <td className="number-cell">
                {say({ id: "auction.board.time", values: { at: { atMs: flight.sentAt } } })}
              </td>
            </tr>
          )}
          {ownBids.map((one) => (
            <tr key={one.bidId} data-void={one.voided || undefined}>
              <td>
                <bdi className="bid-number" title={one.bidId}>
                  {one.bidId.slice(one.bidId.lastIndexOf("-") + 1)}
                </bdi>{" "}
                {one.voided ? t("auction.mine.void") : t("auction.mine.accepted")}
              </td>
              <td className="number-cell">
                <Figure amount={one.maximum ?? one.price} />
              </td>
              <td className="number-cell">
                {say({ id: "auction.board.time", values: { at: { atMs: one.at, precise: true } } })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
