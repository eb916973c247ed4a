const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const lot = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\d{1,4})$/;

export function isUuid(text: string): boolean {
  return uuid.test(text);
}

/** A part of a shard is named by the shard's id and a number, so that its owner is known without a look-up. */
export function partIdOf(shardId: string, number: number): string {
  return `${shardId}-${number}`;
}

/** The shard id inside a part id such as a lot's; null when the text is no part id. */
export function shardOfPart(partId: string): string | null {
  return lot.exec(partId)?.[1] ?? null;
}

const uuidLength = 36;

/** The shard's id that the id of anything in it begins with, be it a lot's, a bid's or an order's; else the id itself. */
export function shardIn(id: string): string {
  const shard = id.slice(0, uuidLength);
  return isUuid(shard) && (id.length === uuidLength || id[uuidLength] === "-") ? shard : id;
}
