import type { Command, NewOrder, Phase, TimeInForce } from "../src/index.ts";

/** Names as numbers, in the order in which they come up. */
export class Numbered {
  private readonly names: string[] = [];

  numberOf(name: string): number {
    const known = this.names.indexOf(name);
    return known < 0 ? this.names.push(name) : known + 1;
  }

  nameOf(number: number): string {
    return this.names[number - 1] ?? `#${number}`;
  }
}

export type Names = { readonly orders: Numbered; readonly accounts: Numbered };

const times = new Set(["gtc", "gtd", "day", "ioc", "fok", "auction", "at_open", "at_close"]);
const kinds = new Set(["market", "stop", "stop_limit", "trailing", "pegged"]);
const number = (text: string | undefined): number => Number(text);

/**
 * The commands of a script:
 *
 *   S1 sell 5 @100 ioc display=2      an order; words in any order behind the quantity
 *   cancel S1 | amend S1 quantity=3 @99 | replace S1 S2 5 @100
 *   phase auction opening | uncross final next=halt | indicative | clock | at 50
 *   bands entry=90..110 dynamic=5 static=8 | reference 100 | bust 1 | correct 1 @99
 *   mass side=buy by=a | block a | unblock a | allocate a cash=100 goods=5
 */
export class Lines {
  readonly names: Names = { orders: new Numbered(), accounts: new Numbered() };
  private readonly owners = new Map<string, string>();
  private at = 0;

  commandOf(line: string): Command {
    const [verb = "", ...words] = line.split(/\s+/);
    const values = new Map(words.map((word) => word.split("=") as [string, string | undefined]));
    const price = words.find((word) => word.startsWith("@"))?.slice(1);
    const read = (name: string): number | undefined => (values.has(name) ? number(values.get(name)) : undefined);
    const asked: Asked = { verb, words, values, read, price: price === undefined ? undefined : number(price) };
    if (verb === "at") this.at = number(words[0]);
    const { at } = this;
    if (words[0] === "buy" || words[0] === "sell") return { type: "new", at, ...this.orderOf(asked) };
    return { at, ...this.changeOf(asked) } as Command;
  }

  private orderOf({ verb, words, values, read, price }: Asked): NewOrder {
    const owner = values.get("by") ?? verb;
    this.owners.set(verb, owner);
    const kind = words.find((word) => kinds.has(word)) ?? "limit";
    const tif = words.find((word) => times.has(word)) as TimeInForce | undefined;
    const [distance, step] = (values.get("trail") ?? "").split("/");
    const peg = /^(primary|market|mid)([+-]\d+)?$/.exec(values.get("peg") ?? "");
    const members = {
      price,
      tif,
      expiresAt: read("expires"),
      stopPrice: read("stop"),
      display: read("display"),
      minimum: read("minimum"),
      link: read("link"),
      session: read("session"),
      ownerGroup: read("group"),
      postOnly: values.get("post"),
      selfTrade: values.get("self"),
      allOrNone: words.includes("aon") ? true : undefined,
      cancelOnDisconnect: words.includes("volatile") ? true : undefined,
      trail: distance
        ? {
            distance: Number.parseInt(distance, 10),
            unit: distance.endsWith("bps") ? "bps" : "ticks",
            step: number(step),
          }
        : undefined,
      peg: peg ? { reference: peg[1], offset: number(peg[2] ?? "0") } : undefined,
    };
    const set = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
    return {
      order: this.names.orders.numberOf(verb),
      account: this.names.accounts.numberOf(owner),
      side: words[0] as NewOrder["side"],
      kind: kind as NewOrder["kind"],
      quantity: number(words[1]),
      ...set,
    };
  }

  private changeOf(asked: Asked): object {
    const { verb, words, values, read, price } = asked;
    const [name = "", second = ""] = words;
    const order = this.names.orders.numberOf(name);
    const account = this.names.accounts.numberOf(values.get("by") ?? this.owners.get(name) ?? name);
    const set = (members: object): object =>
      Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
    switch (verb) {
      case "cancel":
        return { type: verb, order, account };
      case "amend":
        return set({
          type: verb,
          order,
          account,
          price,
          quantity: read("quantity"),
          display: read("display"),
          stopPrice: read("stop"),
        });
      case "replace":
        this.owners.set(second, this.owners.get(name) ?? name);
        return set({
          type: verb,
          order,
          account,
          newOrder: this.names.orders.numberOf(second),
          quantity: number(words[2]),
          price,
        });
      case "mass":
        return this.massOf(asked);
      case "block":
      case "unblock":
        return { type: verb, account: this.names.accounts.numberOf(name) };
      case "allocate":
        return {
          type: verb,
          account: this.names.accounts.numberOf(name),
          cash: read("cash") ?? 0,
          goods: read("goods") ?? 0,
        };
      default:
        return bookCommandOf(asked);
    }
  }

  private massOf({ words, values, read }: Asked): object {
    const by = values.get("by");
    return {
      type: "mass_cancel",
      ...(by !== undefined && { account: this.names.accounts.numberOf(by) }),
      ...(values.has("side") && { side: values.get("side") }),
      ...(values.has("group") && { ownerGroup: read("group") }),
      ...(values.has("session") && { session: read("session") }),
      ...(words.includes("volatile") && { onDisconnect: true }),
    };
  }
}

type Asked = {
  readonly verb: string;
  readonly words: readonly string[];
  readonly values: ReadonlyMap<string, string | undefined>;
  readonly read: (name: string) => number | undefined;
  readonly price: number | undefined;
};

function bookCommandOf({ verb, words, values, price }: Asked): object {
  const [name = "", second] = words;
  switch (verb) {
    case "phase":
      return { type: verb, phase: name as Phase, ...(second !== undefined && { purpose: second }) };
    case "uncross":
      return {
        type: verb,
        ...(words.includes("final") && { final: true }),
        ...(values.has("next") && { next: values.get("next") }),
      };
    case "bands":
      return { type: "set_bands", ...bandsOf(values) };
    case "reference":
      return { type: "set_reference", price: number(name) };
    case "bust":
      return { type: verb, trade: number(name) };
    case "correct":
      return { type: verb, trade: number(name), price };
    case "indicative":
      return { type: verb };
    default:
      return { type: "clock" };
  }
}

function bandsOf(values: ReadonlyMap<string, string | undefined>): object {
  const around = (ticks: string | undefined): object => ({ up: number(ticks), down: number(ticks) });
  const [low, high] = (values.get("entry") ?? "").split("..");
  return {
    ...(values.has("entry") && { entry: { low: number(low), high: number(high) } }),
    ...(values.has("dynamic") && { dynamic: around(values.get("dynamic")) }),
    ...(values.has("static") && { static: around(values.get("static")) }),
  };
}
