import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../app/base-routes.tsx";
import type { StepName } from "./step-names.ts";
import { stepNames } from "./step-names.ts";

/** The step of the wizard that is shown, and the field to go to. */
export type WizardSearch = { readonly step?: StepName; readonly at?: string };

function readWizardSearch({ step, at }: Readonly<Record<string, unknown>>): WizardSearch {
  const known = stepNames.find((name) => name === step);
  return {
    ...(known === undefined ? {} : { step: known }),
    ...(typeof at === "string" && at.startsWith("/") ? { at } : {}),
  };
}

const start = createRoute({
  getParentRoute: () => rootRoute,
  path: "/tenders/new",
  component: lazyRouteComponent(() => import("./start-page.tsx"), "StartPage"),
});

const wizard = createRoute({
  getParentRoute: () => rootRoute,
  path: "/tenders/$tenderId/edit",
  validateSearch: readWizardSearch,
  component: lazyRouteComponent(() => import("./wizard-page.tsx"), "WizardPage"),
});

export const buyerRoutes = [start, wizard] as const;
