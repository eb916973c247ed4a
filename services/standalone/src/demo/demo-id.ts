import { sha256Hex } from "@kontor/kernel";

/** A UUID that is always the same for a marketplace and a name: what an earlier start made is found again. */
export function demoId(marketplaceId: string, name: string): string {
  const hex = sha256Hex(`${marketplaceId} ${name}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
