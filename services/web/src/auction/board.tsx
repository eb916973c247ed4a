import { useRef, useState } from "react";
import { Button } from "react-aria-components";
import { useText } from "../i18n/use-text.ts";
import type { BoardRow } from "./board-rows.ts";
import { boardRowsOf, Frozen } from "./board-rows.ts";
import { Figure } from "./figure.tsx";
import type { Room } from "./use-room.ts";
import { useSay } from "./use-say.ts";

type BoardProps = { readonly room: Room; readonly isFrozen: boolean; readonly onFreeze: (frozen: boolean) => void };

/** All bidders by price, where the rules show them. Stands still under the pointer, and when one asks for it. */
export function Board({ room, isFrozen, onFreeze }: BoardProps) {
  const t = useText();
  const [isPointed, setPointed] = useState(false);
  const still = useRef<Frozen<readonly BoardRow[]> | null>(null);
  const newest = boardRowsOf(room.view, room.own?.alias);
  still.current ??= new Frozen(newest);
  const rows = still.current.next(newest, isPointed || isFrozen);
  const old = room.link.level === "late" || room.link.level === "lost" || room.link.level === "down";
  return (
    <section className="panel board" aria-labelledby="board-title" data-old={old || undefined}>
      <header className="panel-head">
        <h2 id="board-title">{t("auction.board.title")}</h2>
        <Counts room={room} />
        {rows.length === 0 ? null : (
          <Button
            className="button button-quiet board-freeze"
            aria-pressed={isFrozen}
            onPress={() => onFreeze(!isFrozen)}
          >
            {t(isFrozen ? "auction.board.release" : "auction.board.freeze")}
          </Button>
        )}
      </header>
      {rows.length === 0 ? (
        <p className="panel-empty">{t(emptyText(room))}</p>
      ) : (
        <div onPointerEnter={() => setPointed(true)} onPointerLeave={() => setPointed(false)}>
          <Rows rows={rows} room={room} />
        </div>
      )}
    </section>
  );
}

function emptyText({ view }: Room): string {
  const isShown = view.standings !== undefined;
  return isShown ? "auction.board.empty" : `auction.board.hidden.${view.visibility}`;
}

function Counts({ room }: { readonly room: Room }) {
  const t = useText();
  const { bidderCount, bidCount } = room.view;
  return (
    <p className="board-counts">
      {bidderCount === undefined ? null : <span>{t("auction.board.bidders", { count: bidderCount })}</span>}
      {bidCount === undefined ? null : <span>{t("auction.board.bids", { count: bidCount })}</span>}
    </p>
  );
}

function Rows({ rows, room }: { readonly rows: readonly BoardRow[]; readonly room: Room }) {
  const t = useText();
  const say = useSay(room.view.currency);
  return (
    <table className="room-table">
      <thead>
        <tr>
          <th scope="col">{t("auction.board.bidder")}</th>
          <th scope="col" className="number-cell">
            {t("auction.board.price")}
          </th>
          <th scope="col" className="number-cell">
            {t("auction.board.at")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.alias} data-own={row.own || undefined}>
            <td>
              <bdi>{row.alias}</bdi>
              {row.own ? <strong className="row-mark">{t("auction.board.you")}</strong> : null}
              {row.best ? <span className="row-mark row-best">▲ {t("auction.board.best")}</span> : null}
            </td>
            <td className="number-cell">
              <Figure amount={row.price} />
            </td>
            <td className="number-cell">{say({ id: "auction.board.time", values: { at: { atMs: row.at } } })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
