import { existsSync, renameSync, statSync } from "node:fs";
import pino from "pino";

export type LogFileOptions = {
  /** The file that is written; those put aside stand beside it as `<path>.1`, the youngest, to `<path>.<kept>`. */
  readonly path: string;
  /** A file that has reached this is put aside, whole lines only. */
  readonly bytesMax: number;
  readonly kept: number;
  /** The log cannot be written or put aside. What is traded does not depend on it. */
  readonly onFailure: (error: Error) => void;
};

/** Lines that wait for a disk that does not take them; beyond it they are dropped. */
const waitingBytesMax = 8_000_000;

/** A stream of log lines into a file that is put aside whenever it has grown large. */
export function openLogFile({ path, bytesMax, kept, onFailure }: LogFileOptions): pino.DestinationStream {
  let bytes = existsSync(path) ? statSync(path).size : 0;
  let isTurning = false;
  const stream = pino.destination({ dest: path, sync: false, mode: 0o600, maxLength: waitingBytesMax });

  /** The stream finishes the line it is at in the old file, wherever that is by now. */
  function turn(): void {
    bytes = 0;
    try {
      putAside(path, kept);
      isTurning = true;
      stream.reopen();
    } catch (error) {
      onFailure(error as Error);
    }
  }

  stream.on("write", (written: number) => {
    bytes += written;
    if (bytes >= bytesMax && !isTurning) turn();
  });
  stream.on("ready", () => {
    isTurning = false;
  });
  stream.on("error", (error: Error) => {
    isTurning = false;
    onFailure(error);
  });
  return stream;
}

function putAside(path: string, kept: number): void {
  const nameOf = (age: number): string => (age === 0 ? path : `${path}.${age}`);
  for (let age = kept - 1; age >= 0; age--) if (existsSync(nameOf(age))) renameSync(nameOf(age), nameOf(age + 1));
}
