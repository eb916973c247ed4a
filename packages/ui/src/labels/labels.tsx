import type { ReactNode } from "react";
import { createContext, useContext } from "react";
import { I18nProvider } from "react-aria-components";
import type { AmountFault } from "../money/parse-amount.ts";

/** Every text that a component says by itself. `{0}` stands for what is put in. */
export type UiLabels = {
  readonly working: string;
  readonly close: string;
  readonly cancel: string;
  readonly back: string;
  readonly clear: string;
  readonly copy: string;
  readonly copied: string;
  readonly open: string;
  readonly required: string;
  readonly retry: string;
  readonly loading: string;
  readonly loadMore: string;
  readonly previousPage: string;
  readonly nextPage: string;
  readonly noOptions: string;
  readonly selectRow: string;
  readonly selectAll: string;
  readonly rowsSelected: string;
  readonly noRows: string;
  readonly decrease: string;
  readonly increase: string;
  readonly doYouMean: string;
  readonly typeAgain: string;
  readonly amountFaults: Readonly<Record<AmountFault, string>>;
  readonly typeAmountAgain: string;
  readonly amountsDiffer: string;
  readonly holdToConfirm: string;
  readonly holding: string;
  readonly chooseFile: string;
  readonly dropFile: string;
  readonly showTable: string;
  readonly showChart: string;
  readonly chartsBy: string;
  readonly up: string;
  readonly down: string;
  readonly unchanged: string;
  readonly dismiss: string;
  readonly stepDone: string;
  readonly stepCurrent: string;
  readonly stepNeedsWork: string;
  readonly stepBlocked: string;
  readonly stepOpen: string;
  readonly live: string;
  readonly dataOld: string;
  readonly reconnecting: string;
  readonly calendar: string;
  readonly days: string;
  readonly filters: string;
  readonly clearFilters: string;
};

/** The English master: what stands in the gallery, and the list of what a catalogue has to hold. */
export const englishLabels: UiLabels = {
  working: "Working",
  close: "Close",
  cancel: "Cancel",
  back: "Back",
  clear: "Clear",
  copy: "Copy",
  copied: "Copied",
  open: "Open",
  required: "required",
  retry: "Try again",
  loading: "Loading",
  loadMore: "Load more",
  previousPage: "Previous page",
  nextPage: "Next page",
  noOptions: "Nothing matches",
  selectRow: "Select {0}",
  selectAll: "Select all rows",
  rowsSelected: "{0} selected",
  noRows: "Nothing here",
  decrease: "Decrease by one step",
  increase: "Increase by one step",
  doYouMean: "Do you mean",
  typeAgain: "Type again",
  amountFaults: {
    not_a_number: "Only digits and one decimal mark.",
    bad_grouping: "The groups are not three digits each. Type the amount without separators.",
    too_many_decimals: "Too many decimals: at most {0}.",
    too_long: "Too many digits.",
    negative: "The amount cannot be below zero.",
  },
  typeAmountAgain: "Type the amount again",
  amountsDiffer: "The two amounts differ.",
  holdToConfirm: "Hold for one second",
  holding: "Keep holding",
  chooseFile: "Choose a file",
  dropFile: "or drop it here",
  showTable: "Show as table",
  showChart: "Show as chart",
  chartsBy: "Charts by TradingView",
  up: "up",
  down: "down",
  unchanged: "unchanged",
  dismiss: "Dismiss",
  stepDone: "done",
  stepCurrent: "current",
  stepNeedsWork: "needs work",
  stepBlocked: "blocked",
  stepOpen: "not started",
  live: "live",
  dataOld: "data {0} s old",
  reconnecting: "reconnecting, try {0}",
  calendar: "Open calendar",
  days: "{0} d",
  filters: "Filters",
  clearFilters: "Clear filters",
};

const LabelsContext = createContext<UiLabels>(englishLabels);

export function useLabels(): UiLabels {
  return useContext(LabelsContext);
}

/** The text with what is put in for `{0}`, `{1}` and so on. */
export function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d+)\}/g, (whole, at: string) => String(values[Number(at)] ?? whole));
}

export type UiProviderProps = { readonly locale: string; readonly labels: UiLabels; readonly children: ReactNode };

/** Language and texts for all components below. */
export function UiProvider({ locale, labels, children }: UiProviderProps) {
  return (
    <I18nProvider locale={locale}>
      <LabelsContext value={labels}>{children}</LabelsContext>
    </I18nProvider>
  );
}
