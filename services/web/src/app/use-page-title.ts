import { useEffect } from "react";

/** The tab's title while the screen is there. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Kontor`;
  }, [title]);
}
