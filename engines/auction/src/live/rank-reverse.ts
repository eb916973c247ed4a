import { englishReverse } from "./english-reverse.ts";
import type { Format } from "./live-state.ts";

/** English reverse in which a bidder improves on himself alone and sees nothing but his rank. */
export const rankReverse: Format = {
  ...englishReverse,
  fixed: { reference: "own", visibility: "rank", buffers: null },
};
