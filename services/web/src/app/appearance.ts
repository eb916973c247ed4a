import type { Settings } from "./settings.ts";

/** Writes the look onto the page, where the tokens of `@kontor/ui` read it. */
export function applyAppearance(page: HTMLElement, { theme, density, directionColours }: Settings): void {
  page.dataset["theme"] = theme;
  page.dataset["density"] = density;
  page.dataset["directions"] = directionColours;
}
