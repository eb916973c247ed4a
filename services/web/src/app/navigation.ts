import type { LucideIcon } from "lucide-react";
import {
  BriefcaseBusiness,
  ChartCandlestick,
  FilePlus2,
  Gavel,
  House,
  ListPlus,
  PackageSearch,
  ReceiptText,
  Settings2,
  ShoppingCart,
  Stamp,
} from "lucide-react";
import type { May } from "./permissions.ts";

/** One entry of the side navigation and of the palette. */
export type Destination = {
  /** Id of its label. */
  readonly label: string;
  readonly to: string;
  readonly icon: LucideIcon;
  readonly group: "trade" | "office" | "account";
  /** Left out: for everybody. */
  readonly isFor?: (may: May) => boolean;
};

/** Every area adds its destinations here, in the order in which they stand. */
const destinations: readonly Destination[] = [
  { label: "shell.nav.home", to: "/", icon: House, group: "trade" },
  { label: "shell.nav.tenders", to: "/tenders", icon: Gavel, group: "trade", isFor: (may) => may("list_tenders") },
  {
    label: "buyer.nav.new_tender",
    to: "/tenders/new",
    icon: FilePlus2,
    group: "trade",
    isFor: (may) => may("create_tender"),
  },
  {
    label: "catalogue.title",
    to: "/catalogue",
    icon: PackageSearch,
    group: "trade",
    isFor: (may) => may("search_catalogue"),
  },
  { label: "buying.quick", to: "/quick-order", icon: ListPlus, group: "trade", isFor: (may) => may("change_cart") },
  { label: "buying.cart", to: "/cart", icon: ShoppingCart, group: "trade", isFor: (may) => may("read_cart") },
  {
    label: "buying.orders",
    to: "/orders",
    icon: ReceiptText,
    group: "office",
    isFor: (may) => may("list_purchase_orders"),
  },
  {
    label: "buying.approvals",
    to: "/approvals",
    icon: Stamp,
    group: "office",
    isFor: (may) => may("decide_purchase_order"),
  },
  {
    label: "exchange.nav.markets",
    to: "/markets",
    icon: ChartCandlestick,
    group: "trade",
    isFor: (may) => may("list_instruments"),
  },
  {
    label: "exchange.nav.portfolio",
    to: "/portfolio",
    icon: BriefcaseBusiness,
    group: "trade",
    isFor: (may) => may("list_own_orders"),
  },
  { label: "shell.nav.settings", to: "/settings", icon: Settings2, group: "account" },
];

export function destinationsFor(may: May): readonly Destination[] {
  return destinations.filter(({ isFor }) => isFor === undefined || isFor(may));
}
