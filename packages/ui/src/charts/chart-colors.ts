import { useEffect, useState } from "react";

export type ChartColors = {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly surface: string;
  readonly control: string;
  readonly brand: string;
  readonly up: string;
  readonly down: string;
};

const names = ["text", "muted", "line", "surface", "control", "brand", "up", "down"] as const;

/** The tokens as colours for a canvas, as they stand at an element: a dark part of a light page has its own. */
export function chartColorsAt(element: Element): ChartColors {
  const style = getComputedStyle(element);
  const entries = names.map((name) => [name, style.getPropertyValue(`--k-${name}`).trim() || "#808080"]);
  return Object.fromEntries(entries) as ChartColors;
}

const watched = { attributes: true, attributeFilter: ["data-theme", "data-directions"], subtree: true };

/** The same, read again whenever the theme changes. */
export function useChartColors(element: Element | null): ChartColors | null {
  const [colors, setColors] = useState<ChartColors | null>(null);
  useEffect(() => {
    if (element === null) return;
    const read = (): void => setColors(chartColorsAt(element));
    read();
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, watched);
    const system = matchMedia("(prefers-color-scheme: dark)");
    system.addEventListener("change", read);
    return () => {
      observer.disconnect();
      system.removeEventListener("change", read);
    };
  }, [element]);
  return colors;
}
