import type { AttributeOfClass } from "../catalog/class-attributes.ts";
import { attributesAbove } from "../catalog/class-attributes.ts";
import type { Answered, Refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import type { ImportRow } from "./import-row.ts";
import type { HeldImport } from "./import-work.ts";

type Classes = ImportRow["classes"];

/** What products of the classes of an import tell, each list of classes asked for once. */
export type ClassLists = {
  readonly of: (
    tx: Database,
    held: HeldImport,
    wanted: readonly Classes[],
  ) => Promise<(classes: Classes) => readonly AttributeOfClass[] | Refused>;
};

const listsMax = 10_000;

export function createClassLists(): ClassLists {
  const lists = new Map<string, Answered<readonly AttributeOfClass[]>>();
  return {
    async of(tx, { marketplaceId, vendorId, createdBy }, wanted) {
      if (lists.size > listsMax) lists.clear();
      const actor = { kind: "member", userId: createdBy, companyId: vendorId, marketplaceId } as const;
      for (const classes of wanted) {
        if (classes === undefined || classes.length === 0 || lists.has(keyOf(classes))) continue;
        lists.set(keyOf(classes), await attributesAbove(tx, actor, classes));
      }
      return (classes) => {
        const list = lists.get(keyOf(classes));
        if (list === undefined) return [];
        return list.ok ? list.value : list;
      };
    },
  };
}

const keyOf = (classes: Classes): string => (classes ?? []).map(({ scheme, code }) => `${scheme} ${code}`).join("\n");
