import type { ReactNode } from "react";
import { useState } from "react";
import { Button } from "../controls/button.tsx";
import { useLabels } from "../labels/labels.tsx";

export type ChartFrameProps = {
  readonly title: string;
  /** One sentence of what the chart shows. */
  readonly summary: string;
  readonly chart: ReactNode;
  /** The same numbers as a table. */
  readonly table: ReactNode;
  readonly foot?: ReactNode;
};

/** A chart with its title, its sentence and its twin: what is drawn can be read too. */
export function ChartFrame({ title, summary, chart, table, foot }: ChartFrameProps) {
  const labels = useLabels();
  const [isTable, setTable] = useState(false);
  return (
    <figure aria-label={`${title}. ${summary}`}>
      <div className="k-chart-head">
        <div>
          <h3 className="k-chart-title">{title}</h3>
          <p className="k-hint">{summary}</p>
        </div>
        <Button kind="quiet" size="small" onPress={() => setTable(!isTable)}>
          {isTable ? labels.showChart : labels.showTable}
        </Button>
      </div>
      {isTable ? table : chart}
      {foot !== undefined && <figcaption className="k-chart-foot k-hint">{foot}</figcaption>}
    </figure>
  );
}
