import type { LiveClient } from "@kontor/sdk";
import type { ReactNode } from "react";
import { createContext, use, useEffect, useMemo } from "react";
import { LazyLive } from "./lazy-live.ts";

const Link = createContext<LazyLive | null>(null);

/** One live connection for the acting company, opened by the first screen that follows something. */
export function LiveProvider({ open, children }: { readonly open: () => LiveClient; readonly children: ReactNode }) {
  const link = useMemo(() => new LazyLive(open), [open]);
  useEffect(() => () => link.close(), [link]);
  return <Link value={link}>{children}</Link>;
}

/** The live connection. @throws Error outside of the signed-in part of the app */
export function useLive(): LazyLive {
  const link = use(Link);
  if (link === null) throw new Error("there is no live connection outside of its provider");
  return link;
}
