/** Colours of the page's tokens and its fonts, for pictures that no style sheet reaches. */
export type CanvasInk = {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly surface: string;
  readonly sunken: string;
  readonly brand: string;
  readonly up: string;
  readonly upBackground: string;
  readonly down: string;
  readonly downBackground: string;
  readonly font: string;
};

export function inkOf(element: Element): CanvasInk {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(`--k-${name}`).trim();
  return {
    text: token("text"),
    muted: token("muted"),
    line: token("line"),
    surface: token("surface"),
    sunken: token("sunken"),
    brand: token("brand"),
    up: token("up"),
    upBackground: token("up-bg"),
    down: token("down"),
    downBackground: token("down-bg"),
    font: style.fontFamily,
  };
}

export type Sheet = {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
};

/** The canvas cleared and in CSS pixels, as sharp as the screen; null while it has no size. */
export function sheetOf(canvas: HTMLCanvasElement): Sheet | null {
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = canvas.getContext("2d");
  if (context === null || width === 0 || height === 0) return null;
  const ratio = window.devicePixelRatio || 1;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.textBaseline = "middle";
  context.direction = "ltr";
  return { context, width, height };
}
