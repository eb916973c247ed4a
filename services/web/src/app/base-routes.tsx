import { createRootRoute, retainSearchParams } from "@tanstack/react-router";
import { NotFoundView, RouteErrorView } from "./route-views.tsx";
import { Shell } from "./shell.tsx";

/** The marketplace in an address, so that a link shows a colleague the same; left out, it is the last one chosen. */
export type MarketSearch = { readonly m?: string };

/** Every screen is in the shell. */
export const rootRoute = createRootRoute({
  component: Shell,
  notFoundComponent: NotFoundView,
  errorComponent: RouteErrorView,
  validateSearch: (search: Record<string, unknown>): MarketSearch =>
    typeof search["m"] === "string" ? { m: search["m"] } : {},
  search: { middlewares: [retainSearchParams(["m"])] },
});
