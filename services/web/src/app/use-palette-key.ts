import { useEffect } from "react";
import { palette } from "./palette-store.ts";

/** Ctrl/Cmd+K opens and closes the palette, wherever one types. */
export function usePaletteKey(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      palette.set(!palette.isOpen());
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
