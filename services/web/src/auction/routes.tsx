import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../app/base-routes.tsx";

const room = createRoute({
  getParentRoute: () => rootRoute,
  path: "/auctions/$lotId",
  component: lazyRouteComponent(() => import("./auction-room-page.tsx"), "AuctionRoomPage"),
});

export const auctionRoutes = [room] as const;
