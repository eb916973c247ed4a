import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Bytes that live objects of this process hold: what is left after collecting twice. */
export function heldBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
