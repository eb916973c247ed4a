import type { ClassNode, ClassRef } from "../documents.ts";
import { CLASS } from "../text/fields.ts";
import type { FieldText } from "../text/text-index.ts";
import type { FacetValues } from "./facet-values.ts";

/** Trees of several schemes side by side. A product stands at its nodes and at all above them, once at each. */
export class ClassTrees {
  private readonly values: FacetValues;
  private readonly nodes = new Map<number, ClassNode>();

  constructor(values: FacetValues, nodes: readonly ClassNode[]) {
    this.values = values;
    for (const node of nodes) {
      const value = this.valueOf(node);
      this.nodes.set(value, node);
      if (node.parent !== null) values.place(value, this.valueOf({ scheme: node.scheme, code: node.parent }));
    }
  }

  /** The nodes and all above them, each once. A code that no tree has stands for itself. */
  withAbove(refs: readonly ClassRef[]): number[] {
    const found = new Set<number>();
    for (const ref of refs) {
      let value = this.valueOf(ref);
      while (value !== -1 && !found.has(value)) {
        found.add(value);
        value = this.values.parentOf(value);
      }
    }
    return [...found];
  }

  /** Their names in every language, to be found by. */
  texts(values: readonly number[]): FieldText[] {
    return values.flatMap((value) =>
      (this.nodes.get(value)?.names ?? []).map(({ language, name }) => ({ field: CLASS, language, text: name })),
    );
  }

  private valueOf({ scheme, code }: ClassRef): number {
    return this.values.intern(`class:${scheme}`, code);
  }
}
