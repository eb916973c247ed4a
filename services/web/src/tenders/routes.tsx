import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../app/base-routes.tsx";
import { readTenderSearch } from "./tender-search.ts";

const home = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  component: lazyRouteComponent(() => import("./home-page.tsx"), "HomePage"),
});

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: "/tenders",
  validateSearch: readTenderSearch,
  component: lazyRouteComponent(() => import("./tender-list-page.tsx"), "TenderListPage"),
});

const notice = createRoute({
  getParentRoute: () => rootRoute,
  path: "/tenders/$tenderId",
  component: lazyRouteComponent(() => import("./tender-notice-page.tsx"), "TenderNoticePage"),
});

export const tenderRoutes = [home, list, notice] as const;
