import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

// Code that is thrown away when it was idle and compiled again when it is wanted is no growth, but looks like one.
setFlagsFromString("--no-flush-bytecode");

/** Bytes that live objects of this process hold: what is left after collecting twice. */
export function heldBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
