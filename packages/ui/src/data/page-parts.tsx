import type { ReactNode } from "react";
import { Toolbar as AriaToolbar } from "react-aria-components";
import { Button } from "../controls/button.tsx";
import { useLabels } from "../labels/labels.tsx";

export type PageHeaderProps = {
  readonly title: ReactNode;
  /** What leads here: a link. */
  readonly parent?: ReactNode;
  readonly status?: ReactNode;
  /** One line of what it is: id, owner, place. */
  readonly meta?: ReactNode;
  readonly actions?: ReactNode;
};

export function PageHeader({ title, parent, status, meta, actions }: PageHeaderProps) {
  return (
    <header className="k-page-header">
      <div className="k-page-heading">
        {parent !== undefined && <div className="k-page-parent">{parent}</div>}
        <div className="k-page-title-row">
          <h1 className="k-page-title">{title}</h1>
          {status}
        </div>
        {meta !== undefined && <div className="k-page-meta k-hint">{meta}</div>}
      </div>
      {actions !== undefined && <div className="k-page-actions">{actions}</div>}
    </header>
  );
}

export function Toolbar({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <AriaToolbar aria-label={label} className="k-toolbar">
      {children}
    </AriaToolbar>
  );
}

export type FilterBarProps = {
  readonly label: string;
  /** Fields: search, selects, switches. */
  readonly children: ReactNode;
  /** Filters that are set, as `FilterChip`s. */
  readonly chips?: ReactNode;
  readonly onClear?: () => void;
  /** How many there are: "25 of 312". */
  readonly count?: ReactNode;
};

export function FilterBar({ label, children, chips, onClear, count }: FilterBarProps) {
  const labels = useLabels();
  return (
    <search className="k-filter-bar" aria-label={label}>
      <div className="k-filter-fields">
        {children}
        {count !== undefined && <span className="k-filter-count k-hint">{count}</span>}
      </div>
      {chips !== undefined && (
        <div className="k-filter-chips">
          {chips}
          {onClear && (
            <Button kind="quiet" size="small" onPress={onClear}>
              {labels.clearFilters}
            </Button>
          )}
        </div>
      )}
    </search>
  );
}

export type PanelProps = {
  readonly title?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** The content touches the border: for tables. */
  readonly isFlush?: boolean;
};

/** A bordered part of a page. Panels do not stand in panels. */
export function Panel({ title, actions, children, isFlush = false }: PanelProps) {
  return (
    <section className="k-panel">
      {(title !== undefined || actions !== undefined) && (
        <header className="k-panel-head">
          {title !== undefined && <h2 className="k-panel-title">{title}</h2>}
          {actions !== undefined && <div className="k-panel-actions">{actions}</div>}
        </header>
      )}
      <div className={isFlush ? "k-panel-flush" : "k-panel-body"}>{children}</div>
    </section>
  );
}

export type FigureProps = {
  readonly label: string;
  readonly value: ReactNode;
  /** What it is held against: "baseline 2,900,000 €". */
  readonly baseline: ReactNode;
};

/** A number that counts, with what it is measured by. */
export function Figure({ label, value, baseline }: FigureProps) {
  return (
    <div className="k-figure">
      <span className="k-figure-label">{label}</span>
      <span className="k-figure-value">{value}</span>
      <span className="k-hint">{baseline}</span>
    </div>
  );
}

export function Kbd({ children }: { readonly children: string }) {
  return <kbd className="k-kbd">{children}</kbd>;
}
