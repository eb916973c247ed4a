import { FileSearch, Inbox, Lock, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../controls/button.tsx";
import { useLabels } from "../labels/labels.tsx";

type Shape = { readonly id: string; readonly widths: readonly string[] };

const shapes: readonly Shape[] = ["62%", "48%", "71%", "55%", "66%", "43%", "58%", "69%"].map((first, at) => ({
  id: `row-${at}`,
  widths: [first, "34%", "52%", "40%", "46%", "38%"],
}));

export type SkeletonProps = {
  /** What is being loaded looks like: rows of a table, lines of text, or one block. */
  readonly shape: "table" | "text" | "block";
  readonly rows?: number;
  readonly columns?: number;
};

/** The shape of what comes; it shows itself after 150 ms, so that quick answers do not flicker. */
export function Skeleton({ shape, rows = 5, columns = 4 }: SkeletonProps) {
  const labels = useLabels();
  const lines = shape === "block" ? shapes.slice(0, 1) : shapes.slice(0, Math.min(rows, shapes.length));
  return (
    <div className={`k-skeleton k-skeleton-${shape}`} role="status" aria-label={labels.loading}>
      {lines.map(({ id, widths }) => (
        <div key={id} className="k-skeleton-row">
          {widths.slice(0, shape === "table" ? columns : 1).map((width) => (
            <span key={width} className="k-skeleton-cell">
              <span className="k-skeleton-bar" style={{ inlineSize: width }} />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

export type ViewStateProps = {
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
};

/** Nothing there yet: what it will be, why, and the one thing to do. */
export function EmptyState(props: ViewStateProps) {
  return <ViewState {...props} icon={<Inbox size={20} strokeWidth={1.5} aria-hidden />} />;
}

/** Nothing passes the filters: which, and the way to clear them. */
export function EmptyFiltered({ onClear, ...rest }: ViewStateProps & { readonly onClear: () => void }) {
  const labels = useLabels();
  return (
    <ViewState
      {...rest}
      icon={<FileSearch size={20} strokeWidth={1.5} aria-hidden />}
      actions={<Button onPress={onClear}>{labels.clearFilters}</Button>}
    />
  );
}

/** It failed: the text says what is safe. `reference` is for who asks the desk. */
export function ErrorState(props: ViewStateProps & { readonly onRetry?: () => void; readonly reference?: string }) {
  const { onRetry, reference, actions, children, title } = props;
  const labels = useLabels();
  return (
    <div role="alert">
      <ViewState
        title={title}
        icon={<TriangleAlert size={20} strokeWidth={1.5} aria-hidden />}
        actions={
          <>
            {onRetry && <Button onPress={onRetry}>{labels.retry}</Button>}
            {actions}
          </>
        }
      >
        {children}
        {reference !== undefined && <code className="k-view-reference">{reference}</code>}
      </ViewState>
    </div>
  );
}

/** It is there but not for this person: which permission it takes, and who can give it. */
export function NoPermission(props: ViewStateProps) {
  return <ViewState {...props} icon={<Lock size={20} strokeWidth={1.5} aria-hidden />} />;
}

function ViewState({ title, children, actions, icon }: ViewStateProps & { readonly icon: ReactNode }) {
  return (
    <section className="k-view-state">
      <span className="k-view-icon">{icon}</span>
      <h2 className="k-view-title">{title}</h2>
      {children !== undefined && <div className="k-view-text">{children}</div>}
      {actions !== undefined && <div className="k-view-actions">{actions}</div>}
    </section>
  );
}
