import type { BookRow, BookRows } from "./book-rows.ts";
import type { CanvasInk, Sheet } from "./canvas.ts";

export const rowHeight = 20;
export const spreadHeight = 24;

export type BookPicture = {
  readonly rows: BookRows;
  /** Rows that each side has room for. */
  readonly places: number;
  readonly hovered: { readonly side: BookRow["side"]; readonly place: number } | null;
  readonly isGone: (row: BookRow) => boolean;
  readonly price: (row: BookRow) => string;
  readonly quantity: (pieces: bigint) => string;
  readonly ownWord: string;
  readonly spread: string;
};

/** Where the columns end, as parts of the width: all numbers stand to the right of theirs. */
const columns = { own: 8, price: 0.45, quantity: 0.7 } as const;

/** Asks from the best upwards, the spread in the middle, bids from the best downwards. Bars grow from the far edge. */
export function drawBook(sheet: Sheet, ink: CanvasInk, picture: BookPicture): void {
  const { places, rows, hovered } = picture;
  for (const [place, row] of rows.asks.entries()) {
    const isHovered = hovered?.side === "sell" && hovered.place === place;
    drawRow(sheet, ink, { picture, row, isHovered, top: (places - 1 - place) * rowHeight });
  }
  drawSpread(sheet, ink, { text: picture.spread, top: places * rowHeight });
  for (const [place, row] of rows.bids.entries()) {
    const isHovered = hovered?.side === "buy" && hovered.place === place;
    drawRow(sheet, ink, { picture, row, isHovered, top: places * rowHeight + spreadHeight + place * rowHeight });
  }
}

type DrawnRow = {
  readonly picture: BookPicture;
  readonly row: BookRow;
  readonly top: number;
  readonly isHovered: boolean;
};

function drawRow({ context, width }: Sheet, ink: CanvasInk, { picture, row, top, isHovered }: DrawnRow): void {
  const isBid = row.side === "buy";
  const isGone = picture.isGone(row);
  const bar = (width * row.depth) / 1000;
  context.fillStyle = isBid ? ink.upBackground : ink.downBackground;
  context.fillRect(width - bar, top + 1, bar, rowHeight - 2);
  if (isHovered) {
    context.strokeStyle = ink.brand;
    context.strokeRect(0.5, top + 0.5, width - 1, rowHeight - 1);
  }
  const middle = top + rowHeight / 2 + 0.5;
  context.globalAlpha = isGone ? 0.4 : 1;
  context.textAlign = "right";
  context.font = `500 12px ${ink.font}`;
  context.fillStyle = isBid ? ink.up : ink.down;
  context.fillText(picture.price(row), width * columns.price, middle);
  context.font = `400 12px ${ink.font}`;
  context.fillStyle = ink.text;
  context.fillText(picture.quantity(row.quantity), width * columns.quantity, middle);
  context.fillStyle = ink.muted;
  context.fillText(picture.quantity(row.cumulative), width - 8, middle);
  if (isGone) context.fillRect(columns.own, middle, width - 2 * columns.own, 1);
  context.globalAlpha = 1;
  if (row.own > 0n) drawOwn({ context, ink, text: picture.ownWord, middle });
}

function drawOwn(mark: {
  readonly context: CanvasRenderingContext2D;
  readonly ink: CanvasInk;
  readonly text: string;
  readonly middle: number;
}): void {
  const { context, ink, text, middle } = mark;
  context.fillStyle = ink.brand;
  context.beginPath();
  context.arc(columns.own + 3, middle, 3, 0, 2 * Math.PI);
  context.fill();
  context.font = `600 10px ${ink.font}`;
  context.textAlign = "left";
  context.fillText(text, columns.own + 9, middle);
}

function drawSpread(
  { context, width }: Sheet,
  ink: CanvasInk,
  { text, top }: { readonly text: string; readonly top: number },
): void {
  context.fillStyle = ink.sunken;
  context.fillRect(0, top, width, spreadHeight);
  context.font = `500 12px ${ink.font}`;
  context.textAlign = "center";
  context.fillStyle = ink.muted;
  context.fillText(text, width / 2, top + spreadHeight / 2 + 0.5);
}
