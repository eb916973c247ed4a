import type { ListAssignment, PriceBook, PriceRecords, PriceRow } from "./price-book.ts";
import { assignmentKey } from "./price-book.ts";

/** Makes a book of records. Assignments and rows of lists that are not among them are left out. */
export function indexPriceBook(records: PriceRecords): PriceBook {
  const lists = new Map(records.lists.map((list) => [list.id, list]));
  const assignments = new Map<string, ListAssignment[]>();
  for (const assignment of records.assignments) {
    const list = lists.get(assignment.listId);
    if (list === undefined) continue;
    append(assignments, assignmentKey(assignment.target, assignment.targetId, list.vendorId), assignment);
  }
  const rows = new Map<string, Map<string, PriceRow[]>>();
  for (const row of records.rows) {
    if (!lists.has(row.listId)) continue;
    const ofOffer = rows.get(row.offerId) ?? new Map<string, PriceRow[]>();
    append(ofOffer, row.listId, row);
    rows.set(row.offerId, ofOffer);
  }
  const promotions = new Map<string, PriceRecords["promotions"][number][]>();
  for (const promotion of records.promotions) append(promotions, promotion.scope.vendorId ?? "", promotion);
  return { offers: new Map(records.offers.map((offer) => [offer.id, offer])), lists, rows, assignments, promotions };
}

function append<Item>(groups: Map<string, Item[]>, key: string, item: Item): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}
