import type { HeldImport, ImportRow, StagedBatch, ToldClasses } from "@kontor/db";
import { toldKey } from "@kontor/db";
import type { CatalogueRow } from "@kontor/formats";
import type { ProblemCode } from "@kontor/protocol";
import { problemKinds } from "@kontor/protocol";

type Left = Omit<StagedBatch["warnings"][number], "rowNo">;
type Fitted<Read> = Omit<Read, "row"> & { readonly row: ImportRow; readonly left: readonly Left[] };
type Place = { readonly classes: ToldClasses; readonly held: Pick<HeldImport, "priceListId"> };

/**
 * Rows of a catalogue that was not made for this marketplace as it can take them: what it has no place for is left out
 * and told, so that an article does not fail for a class of another scheme.
 */
export async function fittedRows<Read extends { readonly row: CatalogueRow }>(
  read: readonly Read[],
  { classes, held }: Place,
): Promise<readonly Fitted<Read>[]> {
  const known = await classes.known(read.flatMap(({ row }) => row.classes ?? []));
  const resolved = read.map((one) => ({ one, found: foundOf(one.row, known) }));
  const attributesOf = await classes.attributes(resolved.map(({ found }) => found));
  return resolved.map(({ one, found }) => {
    const left: Left[] = [];
    const { classes: told, attributes, files, buyerPartNumbers, deliveryTerm, prices, ...row } = one.row;
    for (const each of told ?? []) {
      if (!known.has(toldKey(each))) left.push(leftOut("class_unknown", "classes", toldKey(each)));
    }
    const list = attributesOf(found);
    const defined = new Set("code" in list ? [] : list.map(({ attribute }) => attribute));
    const taken = attributes?.filter(({ name, values }) => {
      const isTaken = defined.size === 0 || defined.has(name);
      if (!isTaken) left.push(leftOut("attribute_unknown", "attributes", `${name} ${values.join(" ")}`));
      return isTaken;
    });
    for (const { address } of files ?? []) left.push(untaken("files", address));
    for (const { partNumber } of buyerPartNumbers ?? []) left.push(untaken("buyerPartNumbers", partNumber));
    const isPlaced = deliveryTerm == null || deliveryTerm.place !== null;
    if (!isPlaced) left.push(leftOut("delivery_place_missing", "deliveryTerm", deliveryTerm.term));
    // No prices at all are nothing that needs a list to go into.
    const isPriced = prices !== undefined && (prices.length > 0 || held.priceListId !== null);
    const fitted = {
      ...row,
      ...(told !== undefined && { classes: found }),
      ...(taken !== undefined && { attributes: taken }),
      ...(deliveryTerm !== undefined && isPlaced && { deliveryTerm }),
      ...(isPriced && { prices }),
    };
    return { ...one, row: fitted, left };
  });
}

function foundOf({ classes = [] }: CatalogueRow, known: Awaited<ReturnType<ToldClasses["known"]>>) {
  return classes.flatMap((told) => known.get(toldKey(told)) ?? []);
}

function leftOut(code: ProblemCode, column: string, value: string): Left {
  const { title } = problemKinds[code];
  return { column, value: value.slice(0, 200), code, message: title, hint: "It was left out; the rest was taken." };
}

function untaken(column: string, value: string): Left {
  const hint = "Add it to the product, or let the buyer tell his own number.";
  return { column, value: value.slice(0, 200), code: "element_unused", message: "This is not taken.", hint };
}
