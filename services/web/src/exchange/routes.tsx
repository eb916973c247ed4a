import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../app/base-routes.tsx";

const markets = createRoute({
  getParentRoute: () => rootRoute,
  path: "/markets",
  component: lazyRouteComponent(() => import("./market-list-page.tsx"), "MarketListPage"),
});

const exchange = createRoute({
  getParentRoute: () => rootRoute,
  path: "/markets/$instrumentId",
  component: lazyRouteComponent(() => import("./exchange-page.tsx"), "ExchangePage"),
});

const portfolio = createRoute({
  getParentRoute: () => rootRoute,
  path: "/portfolio",
  component: lazyRouteComponent(() => import("./portfolio-page.tsx"), "PortfolioPage"),
});

export const exchangeRoutes = [markets, exchange, portfolio] as const;
