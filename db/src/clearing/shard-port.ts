import type { Actor, JsonObject } from "@kontor/kernel";
import { systemActor } from "@kontor/kernel";
import type { AllocateAssets, Problem } from "@kontor/protocol";
import { exchangeRejectionCodes } from "@kontor/protocol";

/** The way to the shards, which is the bus's: this package knows no bus. Calls reject where nobody answered. */
export type ShardPort = {
  readonly command: (request: ShardCommand) => Promise<ShardReply>;
  readonly view: (request: ShardView) => Promise<ShardViewReply>;
};

export type ShardCommand = {
  readonly shard: string;
  readonly mechanism: string;
  readonly key: string;
  readonly command: AllocateAssets;
  readonly actor: Actor;
};

export type ShardReply = { readonly ok: true } | { readonly ok: false; readonly problem: Problem };

export type ShardView = { readonly shard: string; readonly stream: string; readonly actor: Actor };
export type ShardViewReply =
  | { readonly found: true; readonly own?: JsonObject }
  | { readonly found: false; readonly retry?: Problem };

/** `undecided`: the host was asked too much, or not reached. Asked again under its key, it gives its first answer. */
export type ShardDecision =
  | { readonly kind: "accepted" | "undecided" }
  | { readonly kind: "rejected"; readonly problem: Problem };

export type Asking = {
  readonly key: string;
  readonly marketplaceId: string;
  readonly instrumentId: string;
  readonly companyId: string;
  /** Into the company's trading account, or out of it where negative. */
  readonly money: string;
  readonly goods: string;
};

const rejections: ReadonlySet<string> = new Set(exchangeRejectionCodes);

/** Has money and goods put into a company's trading account of a shard, or taken out of it. */
export async function askShard(port: ShardPort, asking: Asking): Promise<ShardDecision> {
  const { key, marketplaceId, instrumentId, companyId, money, goods } = asking;
  const command: AllocateAssets = { type: "allocate_assets", instrumentId, companyId, money, goods };
  const actor = { ...systemActor, marketplaceId };
  const request = { shard: instrumentId, mechanism: "exchange", key, command, actor };
  const reply = await port.command(request).catch(() => null);
  if (reply === null) return { kind: "undecided" };
  if (reply.ok) return { kind: "accepted" };
  return rejections.has(reply.problem.code) ? { kind: "rejected", problem: reply.problem } : { kind: "undecided" };
}

/** The opposite of a decimal text. */
export function negated(amount: string): string {
  if (amount.startsWith("-")) return amount.slice(1);
  return /[1-9]/.test(amount) ? `-${amount}` : amount;
}
