import { useText } from "../i18n/use-text.ts";
import { bidPointsOf } from "./board-rows.ts";
import type { ChartPoint } from "./chart-shape.ts";
import { chartShape } from "./chart-shape.ts";
import { Figure } from "./figure.tsx";
import type { OwnBid } from "./use-own-bids.ts";
import type { Room } from "./use-room.ts";
import { useSay } from "./use-say.ts";

const frame = { width: 640, height: 150, inset: 8 };

/** Bids in time: the best as steps, one's own solid, others hollow. Its twin is the table below it. */
export function BidChart({ room, ownBids }: { readonly room: Room; readonly ownBids: readonly OwnBid[] }) {
  const t = useText();
  const { view, own, bid } = room;
  const seen = bidPointsOf(view, own?.alias).filter((point) => !point.void);
  const points: readonly ChartPoint[] =
    seen.length > 0 ? seen : ownBids.filter((one) => !one.voided).map((one) => ({ ...one, own: true }));
  const shape = chartShape(points, frame, bid.sign);
  if (shape === null) return null;
  const isOwnOnly = seen.length === 0;
  return (
    <section className="panel" aria-labelledby="chart-title">
      <header className="panel-head">
        <h2 id="chart-title">{t(isOwnOnly ? "auction.chart.own_title" : "auction.chart.title")}</h2>
        <p className="chart-ends">
          <Figure amount={shape.high} currency={view.currency} per={bid.quantity?.unit} /> –{" "}
          <Figure amount={shape.low} currency={view.currency} per={bid.quantity?.unit} />
        </p>
      </header>
      <div className="chart" dir="ltr">
        <svg
          viewBox={`0 0 ${frame.width} ${frame.height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t("auction.chart.summary", { count: points.length })}
        >
          {isOwnOnly ? null : <path d={shape.bestPath} className="chart-best" />}
          <path d={shape.ownPath} className="chart-own" />
          {shape.dots.map(({ x, y, own: isOwn, key }) => (
            <Dot key={key} at={`M${x.toFixed(1)} ${y.toFixed(1)}h0`} isOwn={isOwn} />
          ))}
        </svg>
      </div>
      {isOwnOnly ? null : <PointTable room={room} />}
    </section>
  );
}

/** A line of no length with round ends stays round, however the drawing is stretched. */
function Dot({ at, isOwn }: { readonly at: string; readonly isOwn: boolean }) {
  return (
    <>
      <path d={at} className={isOwn ? "chart-dot-own" : "chart-dot"} />
      {isOwn ? null : <path d={at} className="chart-dot-hole" />}
    </>
  );
}

function PointTable({ room }: { readonly room: Room }) {
  const t = useText();
  const say = useSay(room.view.currency);
  const rows = [...bidPointsOf(room.view, room.own?.alias)].reverse();
  return (
    <details className="chart-table">
      <summary>{t("auction.chart.table")}</summary>
      <table className="room-table">
        <tbody>
          {rows.map((row) => (
            <tr key={row.number} data-own={row.own || undefined} data-void={row.void || undefined}>
              <td>{say({ id: "auction.board.time", values: { at: { atMs: row.at } } })}</td>
              <td>
                <bdi>{row.alias}</bdi>
              </td>
              <td className="number-cell">
                <Figure amount={row.price} />
              </td>
              <td>{row.void ? t("auction.mine.void") : ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
