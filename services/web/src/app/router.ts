import { createRouter } from "@tanstack/react-router";
import { accountRoutes } from "../account/routes.tsx";
import { auctionRoutes } from "../auction/routes.tsx";
import { buyerRoutes } from "../buyer/routes.tsx";
import { buyingRoutes } from "../buying/routes.tsx";
import { catalogueRoutes } from "../catalogue/routes.tsx";
import { exchangeRoutes } from "../exchange/routes.tsx";
import { tenderRoutes } from "../tenders/routes.tsx";
import { rootRoute } from "./base-routes.tsx";

/** Each area adds its routes here, one line. */
const routeTree = rootRoute.addChildren([
  ...tenderRoutes,
  ...buyerRoutes,
  ...accountRoutes,
  ...auctionRoutes,
  ...catalogueRoutes,
  ...buyingRoutes,
  ...exchangeRoutes,
]);

export function createAppRouter() {
  return createRouter({ routeTree, defaultPreload: "intent", scrollRestoration: true });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
