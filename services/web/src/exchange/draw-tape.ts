import type { CanvasInk, Sheet } from "./canvas.ts";
import { rowHeight } from "./draw-book.ts";
import type { TapeRow } from "./tape.ts";
import { directionOf } from "./tape.ts";

export type TapePicture = {
  readonly rows: readonly TapeRow[];
  /** Pixels scrolled away above. */
  readonly from: number;
  readonly time: (row: TapeRow) => string;
  readonly price: (row: TapeRow) => string;
  readonly quantity: (row: TapeRow) => string;
};

const arrows = { up: "▲", down: "▼", none: "◆" } as const;

/** Time, price with the arrow of who came, quantity; a busted trade is struck through. */
export function drawTape({ context, width, height }: Sheet, ink: CanvasInk, picture: TapePicture): void {
  const { rows, from } = picture;
  const colours = { up: ink.up, down: ink.down, none: ink.text };
  const first = Math.floor(from / rowHeight);
  const count = Math.ceil(height / rowHeight) + 1;
  for (const [place, row] of rows.slice(first, first + count).entries()) {
    const middle = (first + place) * rowHeight - from + rowHeight / 2 + 0.5;
    const direction = directionOf(row);
    context.font = `400 12px ${ink.font}`;
    context.textAlign = "left";
    context.fillStyle = ink.muted;
    context.fillText(picture.time(row), 8, middle);
    context.textAlign = "right";
    context.fillStyle = ink.text;
    context.fillText(picture.quantity(row), width - 8, middle);
    context.font = `500 12px ${ink.font}`;
    context.fillStyle = colours[direction];
    context.fillText(`${arrows[direction]} ${picture.price(row)}`, width * 0.72, middle);
    if (row.busted === true) context.fillRect(8, middle, width - 16, 1);
  }
}
