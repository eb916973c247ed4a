import type { BookRow, BookRows } from "./book-rows.ts";
import type { CanvasInk, Sheet } from "./canvas.ts";

export type DepthPicture = {
  readonly rows: BookRows;
  /** The row that the cursor is on. */
  readonly cursor: BookRow | null;
  readonly price: (row: BookRow) => string;
};

/** Two flights of steps away from the middle: how much must be traded to move the price so far. */
export function drawDepth(sheet: Sheet, ink: CanvasInk, { rows, cursor, price }: DepthPicture): void {
  const { context, width, height } = sheet;
  const floor = height - 20;
  drawSide(sheet, { rows: rows.bids, floor, line: ink.up, area: ink.upBackground });
  drawSide(sheet, { rows: rows.asks, floor, line: ink.down, area: ink.downBackground });
  context.strokeStyle = ink.line;
  context.strokeRect(0, floor + 0.5, width, 0);
  context.font = `400 12px ${ink.font}`;
  context.fillStyle = ink.muted;
  const ends = [rows.bids.at(-1), rows.bids[0] ?? rows.asks[0], rows.asks.at(-1)] as const;
  for (const [place, row] of ends.entries()) {
    context.textAlign = (["left", "center", "right"] as const)[place] ?? "left";
    if (row !== undefined) context.fillText(price(row), (width * place) / 2, floor + 11);
  }
  if (cursor !== null) drawCursor(sheet, ink, { rows, cursor, floor });
}

type DrawnSide = {
  readonly rows: readonly BookRow[];
  readonly floor: number;
  readonly line: string;
  readonly area: string;
};

function drawSide({ context, width }: Sheet, { rows, floor, line, area }: DrawnSide): void {
  const [first] = rows;
  if (first === undefined) return;
  const away = first.side === "buy" ? -1 : 1;
  const step = width / 2 / rows.length;
  context.beginPath();
  context.moveTo(width / 2, floor);
  for (const [place, row] of rows.entries()) {
    const y = topOf(row, floor);
    context.lineTo(width / 2 + away * place * step, y);
    context.lineTo(width / 2 + away * (place + 1) * step, y);
  }
  context.strokeStyle = line;
  context.lineWidth = 1.5;
  context.stroke();
  context.lineTo(width / 2 + away * rows.length * step, floor);
  context.closePath();
  context.fillStyle = area;
  context.globalAlpha = 0.7;
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = 1;
}

function drawCursor(
  { context, width }: Sheet,
  ink: CanvasInk,
  { rows, cursor, floor }: { readonly rows: BookRows; readonly cursor: BookRow; readonly floor: number },
): void {
  const side = cursor.side === "buy" ? rows.bids : rows.asks;
  const place = side.findIndex(({ price }) => price === cursor.price);
  if (place < 0) return;
  const away = cursor.side === "buy" ? -1 : 1;
  const x = width / 2 + away * (place + 0.5) * (width / 2 / side.length);
  context.strokeStyle = ink.brand;
  context.strokeRect(x, topOf(cursor, floor), 0, floor - topOf(cursor, floor));
}

function topOf(row: BookRow, floor: number): number {
  return floor - (row.depth / 1000) * (floor - 12);
}
