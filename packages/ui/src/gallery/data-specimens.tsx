import { useState } from "react";
import { Button } from "../controls/button.tsx";
import { ApprovalStrip } from "../data/approval-strip.tsx";
import { Avatar } from "../data/avatar.tsx";
import { DataTable } from "../data/data-table.tsx";
import { DescriptionList } from "../data/description-list.tsx";
import { Figure, FilterBar, PageHeader, Panel } from "../data/page-parts.tsx";
import { LoadMore, Pagination } from "../data/pagination.tsx";
import type { Sort } from "../data/row-cursor.ts";
import { StepperRail } from "../data/stepper-rail.tsx";
import { Timeline } from "../data/timeline.tsx";
import { SearchField } from "../fields/text-fields.tsx";
import { Amount, Delta, Quantity } from "../numbers/amount.tsx";
import { FilterChip } from "../states/chips.tsx";
import { StatusWord } from "../states/status-word.tsx";
import type { SampleTender } from "./samples.tsx";
import { approvals, longList, steps, tenderColumns, tenders, timeline } from "./samples.tsx";
import { Specimen } from "./specimen.tsx";

const nothing = (): void => {};

export function DataSpecimens() {
  return (
    <>
      <PageHeader
        title="Copper cathode, grade A"
        parent="Tenders"
        status={
          <StatusWord tone="active" sign="dot">
            Open
          </StatusWord>
        }
        meta="TND-2026-0184 · Nordvik Metals · 4 of 7 invited take part"
        actions={
          <>
            <Button>Message bidders</Button>
            <Button kind="primary">Open cockpit</Button>
          </>
        }
      />
      <TableSpecimen />
      <Panel title="300 rows, as many drawn as are seen" isFlush>
        <DataTable
          label="Long list"
          columns={tenderColumns}
          rows={longList}
          rowId={rowId}
          rowName={rowName}
          maxBlockSize="16rem"
        />
      </Panel>
      <Specimen title="Approvals">
        <div className="k-gallery-wide">
          <ApprovalStrip label="Approval chain" groups={approvals} />
        </div>
      </Specimen>
      <Specimen title="Properties, history, steps, figures">
        <div className="k-gallery-column">
          <DescriptionList
            items={[
              { term: "Quantity", value: <Quantity value="2000" unit="t" />, isNumber: true },
              { term: "Delivery basis", value: "DAP Hamburg" },
              { term: "Best bid", value: <Amount value="1412.5" currency="EUR" per="t" />, isNumber: true },
            ]}
          />
          <Avatar name="Marta Lindqvist" />
        </div>
        <div className="k-gallery-column">
          <Timeline label="History" entries={timeline} />
        </div>
        <div className="k-gallery-column">
          <StepperRail label="Steps" steps={steps} current="rules" onSelect={nothing} />
        </div>
        <div className="k-gallery-column">
          <Figure
            label="Savings"
            value={<Amount value="175000" currency="EUR" decimals={0} />}
            baseline="against the baseline of 3,000,000 €"
          />
          <Delta value="-5.83" unit="%" meaning="fall-is-good" />
        </div>
      </Specimen>
    </>
  );
}

const rowId = (row: SampleTender): string => row.id;
const rowName = (row: SampleTender): string => row.title;

function TableSpecimen() {
  const [sort, setSort] = useState<Sort | null>({ column: "best", direction: "ascending" });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(["TND-2026-0185"]));
  return (
    <Panel title="Tenders" isFlush>
      <div className="k-gallery-bar">
        <FilterBar
          label="Filters"
          count="6 of 312"
          chips={<FilterChip name="Category" value="Metals" onRemove={nothing} />}
          onClear={nothing}
        >
          <SearchField label="Search" placeholder="Id, material" />
        </FilterBar>
      </div>
      <DataTable
        label="Tenders"
        columns={tenderColumns}
        rows={tenders}
        rowId={rowId}
        rowName={rowName}
        sort={sort}
        onSort={setSort}
        selected={selected}
        onSelect={setSelected}
        onOpen={nothing}
        bulkActions={<Button size="small">Export</Button>}
      />
      <Pagination label="Pages" position="1–6 of 312" onPrevious={null} onNext={nothing} />
      <LoadMore onPress={nothing} position="6 of 312" />
    </Panel>
  );
}
