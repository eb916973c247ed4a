import type { ReactNode } from "react";

export type TimelineEntry = {
  readonly id: string;
  readonly time: ReactNode;
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  readonly state?: "past" | "now" | "planned";
};

/** What happened to a thing, in order. */
export function Timeline({ entries, label }: { readonly entries: readonly TimelineEntry[]; readonly label: string }) {
  return (
    <ol className="k-timeline" aria-label={label}>
      {entries.map(({ id, time, title, detail, state = "past" }) => (
        <li
          key={id}
          className={`k-timeline-entry k-timeline-${state}`}
          {...(state === "now" ? { "aria-current": "step" } : {})}
        >
          <span className="k-timeline-time k-hint">{time}</span>
          <span className="k-timeline-title">{title}</span>
          {detail !== undefined && <span className="k-timeline-detail k-hint">{detail}</span>}
        </li>
      ))}
    </ol>
  );
}
