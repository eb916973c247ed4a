import { invariant } from "@kontor/kernel";
import type { LotFormat } from "@kontor/protocol";
import { englishForward } from "./english-forward.ts";
import { englishReverse } from "./english-reverse.ts";
import type { Format } from "./live-state.ts";
import { proxyForward } from "./proxy-forward.ts";
import { rankReverse } from "./rank-reverse.ts";

/** The only place where a format's name leads to its rules; sealed lots have no live part. */
const formats: Readonly<Partial<Record<LotFormat, Format>>> = {
  english_forward: englishForward,
  proxy_forward: proxyForward,
  english_reverse: englishReverse,
  rank_reverse: rankReverse,
};

export function formatOf(name: LotFormat): Format {
  const format = formats[name];
  invariant(format !== undefined, `${name} lots have no live auction`);
  return format;
}
