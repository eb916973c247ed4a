import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../app/base-routes.tsx";
import { readCatalogueSearch } from "./catalogue-search.ts";

const catalogue = createRoute({
  getParentRoute: () => rootRoute,
  path: "/catalogue",
  validateSearch: readCatalogueSearch,
  component: lazyRouteComponent(() => import("./catalogue-page.tsx"), "CataloguePage"),
});

const product = createRoute({
  getParentRoute: () => rootRoute,
  path: "/catalogue/$productId",
  component: lazyRouteComponent(() => import("./product-page.tsx"), "ProductPage"),
});

export const catalogueRoutes = [catalogue, product] as const;
