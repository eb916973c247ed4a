import type { ReactNode } from "react";
import { Panel } from "../data/page-parts.tsx";

/** A named group of states of one component. */
export function Specimen({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Panel title={title}>
      <div className="k-gallery-row">{children}</div>
    </Panel>
  );
}
