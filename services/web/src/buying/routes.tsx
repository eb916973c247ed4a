import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../app/base-routes.tsx";
import { readOrderSearch } from "./order-search.ts";

const quickOrder = createRoute({
  getParentRoute: () => rootRoute,
  path: "/quick-order",
  component: lazyRouteComponent(() => import("./quick-order-page.tsx"), "QuickOrderPage"),
});

const cart = createRoute({
  getParentRoute: () => rootRoute,
  path: "/cart",
  component: lazyRouteComponent(() => import("./cart-page.tsx"), "CartPage"),
});

const orders = createRoute({
  getParentRoute: () => rootRoute,
  path: "/orders",
  validateSearch: readOrderSearch,
  component: lazyRouteComponent(() => import("./orders-page.tsx"), "OrdersPage"),
});

const order = createRoute({
  getParentRoute: () => rootRoute,
  path: "/orders/$orderId",
  component: lazyRouteComponent(() => import("./order-page.tsx"), "OrderPage"),
});

const approvals = createRoute({
  getParentRoute: () => rootRoute,
  path: "/approvals",
  component: lazyRouteComponent(() => import("./approvals-page.tsx"), "ApprovalsPage"),
});

export const buyingRoutes = [quickOrder, cart, orders, order, approvals] as const;
