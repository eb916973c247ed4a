import type { RefObject } from "react";
import { useRef } from "react";
import type { CanvasInk, Sheet } from "./canvas.ts";
import { inkOf, sheetOf } from "./canvas.ts";
import { usePaced } from "./use-paced.ts";

/** Colours are read from the page this often: a change of theme shows at once enough. */
const inkForMs = 500;

/** Draws at the pace of the picture onto a canvas. */
export function useCanvas(draw: (sheet: Sheet, ink: CanvasInk) => void): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement | null>(null);
  const known = useRef<{ readonly ink: CanvasInk; readonly at: number } | null>(null);
  usePaced(() => {
    if (canvas.current === null) return;
    const now = performance.now();
    if (known.current === null || now - known.current.at > inkForMs) {
      known.current = { ink: inkOf(canvas.current), at: now };
    }
    const sheet = sheetOf(canvas.current);
    if (sheet !== null) draw(sheet, known.current.ink);
  });
  return canvas;
}
