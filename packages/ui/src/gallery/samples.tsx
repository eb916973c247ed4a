import type { ApprovalGroup } from "../data/approval-strip.tsx";
import type { Step } from "../data/stepper-rail.tsx";
import type { Column } from "../data/table-column.ts";
import type { TimelineEntry } from "../data/timeline.tsx";
import { Amount, Delta, Quantity } from "../numbers/amount.tsx";
import type { StatusSign, StatusTone } from "../states/status-word.tsx";
import { StatusWord } from "../states/status-word.tsx";

type SampleState = { readonly tone: StatusTone; readonly sign: StatusSign; readonly word: string };

export type SampleTender = {
  readonly id: string;
  readonly title: string;
  readonly state: SampleState;
  readonly quantity: string;
  readonly best: string;
  readonly change: string;
};

const open: SampleState = { tone: "active", sign: "dot", word: "Open" };
const scheduled: SampleState = { tone: "neutral", sign: "clock", word: "Scheduled" };
const awarded: SampleState = { tone: "good", sign: "check", word: "Awarded" };

export const tenders: readonly SampleTender[] = [
  {
    id: "TND-2026-0184",
    title: "Copper cathode, grade A",
    state: open,
    quantity: "2000",
    best: "8412.5",
    change: "-1.9",
  },
  { id: "TND-2026-0185", title: "Aluminium ingot P1020A", state: open, quantity: "850", best: "2388", change: "-0.4" },
  { id: "TND-2026-0186", title: "Zinc SHG 99.995 %", state: scheduled, quantity: "400", best: "2741.25", change: "0" },
  {
    id: "TND-2026-0179",
    title: "Wheat 12.5 % protein, FOB",
    state: awarded,
    quantity: "30000",
    best: "231.05",
    change: "-6.2",
  },
  {
    id: "TND-2026-0172",
    title: "Caustic soda 50 %, bulk",
    state: awarded,
    quantity: "1200",
    best: "412",
    change: "3.15",
  },
  { id: "TND-2026-0168", title: "Kraft liner 175 g/m²", state: open, quantity: "640", best: "598.75", change: "-2.05" },
];

export const longList: readonly SampleTender[] = Array.from({ length: 300 }, (_, at) => ({
  ...(tenders[at % tenders.length] as SampleTender),
  id: `LOT-${String(at + 1).padStart(4, "0")}`,
}));

export const tenderColumns: readonly Column<SampleTender>[] = [
  { id: "title", header: "Tender", cell: ({ title }) => title, isSortable: true },
  { id: "id", header: "Id", cell: ({ id }) => <code>{id}</code> },
  {
    id: "state",
    header: "State",
    cell: ({ state }) => (
      <StatusWord tone={state.tone} sign={state.sign}>
        {state.word}
      </StatusWord>
    ),
  },
  { id: "quantity", header: "Quantity, t", cell: ({ quantity }) => <Quantity value={quantity} />, isNumber: true },
  { id: "best", header: "Best, €/t", cell: ({ best }) => <Amount value={best} />, isNumber: true, isSortable: true },
  {
    id: "change",
    header: "Against baseline, %",
    cell: ({ change }) => <Delta value={change} meaning="fall-is-good" />,
    isNumber: true,
    isSortable: true,
  },
];

const approved = { tone: "good", sign: "check", word: "Approved" } as const;
const waiting = { tone: "warning", sign: "clock", word: "Waiting" } as const;
const later = { tone: "neutral", sign: "ring", word: "Not yet" } as const;

export const approvals: readonly ApprovalGroup[] = [
  {
    id: "owner",
    approvers: [
      {
        id: "1",
        name: "Marta Lindqvist",
        role: "Category lead",
        rule: "Owner of the need",
        state: approved,
        timing: "21 Nov, 09:14",
      },
    ],
  },
  {
    id: "parallel",
    approvers: [
      {
        id: "2",
        name: "Teodor Ilie",
        role: "Finance",
        rule: "Above 1,000,000 €",
        state: approved,
        timing: "21 Nov, 16:02",
      },
      {
        id: "3",
        name: "Amal Haddad",
        role: "Quality",
        rule: "Category Metals",
        state: waiting,
        timing: "due in 18 h",
        isCurrent: true,
      },
    ],
  },
  {
    id: "board",
    approvers: [{ id: "4", name: "Jonas Weber", role: "Managing director", rule: "Above 2,000,000 €", state: later }],
  },
];

export const timeline: readonly TimelineEntry[] = [
  { id: "1", time: "18 Nov, 10:00", title: "Published", detail: "7 suppliers invited" },
  { id: "2", time: "21 Nov, 15:20", title: "Amended", detail: "Delivery place of lot 2" },
  { id: "3", time: "now", title: "Open for bids", state: "now" },
  { id: "4", time: "27 Nov, 15:00", title: "Closes", state: "planned" },
];

export const steps: readonly Step[] = [
  { id: "need", title: "Need", state: "done" },
  { id: "lots", title: "Lots and items", state: "needs-work", note: "Lot 2 has no unit" },
  { id: "rules", title: "Rules", state: "open" },
  { id: "publish", title: "Check and publish", state: "blocked", note: "after the lots" },
];
