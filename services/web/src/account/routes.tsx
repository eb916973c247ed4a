import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../app/base-routes.tsx";

const settings = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("./settings-page.tsx"), "SettingsPage"),
});

export const accountRoutes = [settings] as const;
