import type { Field } from "../wire/codes.ts";
import {
  AT_CLOSE,
  AT_OPEN,
  AUCTION_ONLY,
  DAY,
  FOK,
  GTC,
  GTD,
  IOC,
  LIMIT,
  MARKET,
  PEGGED,
  STOP_LIMIT,
  TRAILING,
} from "../wire/codes.ts";
import { M_DISPLAY, M_EXPIRES, M_LINK, M_MINIMUM, M_PEG, M_PRICE, M_STOP, M_TRAIL } from "../wire/record.ts";
import { ALL_OR_NONE, FIRED, POST_MASK } from "../wire/traits.ts";
import type { Intent } from "./intent.ts";

const LASTING = (1 << GTC) | (1 << GTD) | (1 << DAY);
const AT_ONCE = (1 << IOC) | (1 << FOK);
const OF_CALLS = (1 << AUCTION_ONLY) | (1 << AT_OPEN) | (1 << AT_CLOSE);
const OF_STOPS = LASTING | AT_ONCE;

/** What each kind takes, by the numbers of the kinds. */
const timesOfKind = [
  LASTING | AT_ONCE | OF_CALLS,
  (1 << GTC) | AT_ONCE | OF_CALLS,
  OF_STOPS,
  OF_STOPS,
  OF_STOPS,
  LASTING,
] as const;

/** The first member that does not go with the others; undefined when all do. */
export function offendingMember(intent: Intent): Field | undefined {
  const { kind, tif, traits, members } = intent;
  const has = (member: number): boolean => (members & member) !== 0;
  const takesAny = (times: number): boolean => ((1 << tif) & times) !== 0;
  const isFired = (traits & FIRED) !== 0;
  const allOrNone = (traits & ALL_OR_NONE) !== 0;
  if (has(M_PRICE) ? !intent.takesPrice : kind === LIMIT || kind === STOP_LIMIT) return "price";
  if (has(M_STOP) !== intent.isStop) return "stopPrice";
  if (has(M_TRAIL) !== (kind === TRAILING) || (has(M_TRAIL) && !trails(intent))) return "trail";
  if (has(M_PEG) !== (kind === PEGGED)) return "peg";
  if (has(M_EXPIRES) !== (tif === GTD)) return "expiresAt";
  if (!takesAny(timesOfKind[kind] as number) && !isFired) return "tif";
  if (has(M_DISPLAY) && !takesDisplay(intent)) return "display";
  if (has(M_MINIMUM) && ((kind !== LIMIT && kind !== MARKET) || tif !== IOC)) return "minimum";
  if (allOrNone && (kind !== LIMIT || !takesAny(LASTING) || has(M_DISPLAY))) return "allOrNone";
  if ((traits & POST_MASK) !== 0 && (kind !== LIMIT || !takesAny(LASTING) || allOrNone)) return "postOnly";
  if (has(M_LINK) && (kind === LIMIT || kind === MARKET) && takesAny(AT_ONCE)) return "link";
  return undefined;
}

/** A trail moves towards somewhere, by whole steps. */
const trails = (intent: Intent): boolean => intent.step >= 1 && intent.distance >= 0;

/** Whether a display goes with its kind and time in force. */
function takesDisplay({ kind, tif }: Intent): boolean {
  return (kind === LIMIT || kind === STOP_LIMIT) && ((1 << tif) & AT_ONCE) === 0;
}

/** The first of the members that an amendment changes which its order does not have. */
export function offendingChange(intent: Intent, changed: number): Field | undefined {
  if ((changed & M_PRICE) !== 0 && !intent.takesPrice) return "price";
  if ((changed & M_STOP) !== 0 && !intent.isStop) return "stopPrice";
  if ((changed & M_DISPLAY) === 0) return undefined;
  const hasDisplay = takesDisplay(intent) && (intent.traits & ALL_OR_NONE) === 0;
  return hasDisplay ? undefined : "display";
}
