import { createRouter } from "@tanstack/react-router";
import { accountRoutes } from "../account/routes.tsx";
import { tenderRoutes } from "../tenders/routes.tsx";
import { rootRoute } from "./base-routes.tsx";

/** Each area adds its routes here, one line. */
const routeTree = rootRoute.addChildren([...tenderRoutes, ...accountRoutes]);

export function createAppRouter() {
  return createRouter({ routeTree, defaultPreload: "intent", scrollRestoration: true });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
