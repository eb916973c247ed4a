import { eq, sql } from "drizzle-orm";
import type { AttributeOfClass } from "../catalog/class-attributes.ts";
import type { Refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { classSchemes } from "../schema/catalog-products.ts";
import { createClassLists } from "./class-lists.ts";
import type { ImportRow } from "./import-row.ts";
import type { HeldImport } from "./import-work.ts";

type Classes = NonNullable<ImportRow["classes"]>;

/** Classes of the marketplace, by what files call them. */
export type ToldClasses = {
  /** Of each class that is known under `scheme code` as it was told, how it is called here. */
  readonly known: (told: Classes) => Promise<ReadonlyMap<string, Classes[number]>>;
  /** What products of each of the lists tell. */
  readonly attributes: (
    lists: readonly Classes[],
  ) => Promise<(classes: Classes) => readonly AttributeOfClass[] | Refused>;
};

export const toldKey = ({ scheme, code }: Classes[number]): string => `${scheme} ${code}`;

/** Files call a scheme by its name, mostly with its release: `ECLASS-5.1` is the release 5.1 of `eclass`. */
export function createToldClasses(db: Database, held: HeldImport): ToldClasses {
  const { marketplaceId } = held;
  const lists = createClassLists();
  let schemes: Promise<ReadonlyMap<string, string>> | undefined;
  const schemesByName = async (): Promise<ReadonlyMap<string, string>> => {
    const rows = await db.select().from(classSchemes).where(eq(classSchemes.marketplaceId, marketplaceId));
    const names = rows.flatMap(({ scheme, release, name }) =>
      [`${scheme}${release}`, `${name}${release}`, scheme, name].map((one) => [plain(one), scheme] as const),
    );
    return new Map(names);
  };
  return {
    async known(told) {
      schemes ??= schemesByName();
      const byName = await schemes;
      const asked = told.flatMap(({ scheme, code }) => {
        const own = byName.get(plain(scheme));
        return own === undefined ? [] : [{ key: toldKey({ scheme, code }), scheme: own, code }];
      });
      if (asked.length === 0) return new Map();
      const rows = await db.execute<{ key: string; scheme: string; code: string }>(sql`
        select t.key, n.scheme, n.code
        from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as t(key text, scheme text, code text)
          join class_nodes n on n.marketplace_id = ${marketplaceId} and n.scheme = t.scheme and n.code = t.code`);
      return new Map(rows.map(({ key, scheme, code }) => [key, { scheme, code }]));
    },
    attributes: (wanted) => lists.of(db, held, wanted),
  };
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
