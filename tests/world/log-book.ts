import { Writable } from "node:stream";
import type { Logger } from "pino";
import pino from "pino";

export type LogLine = { readonly level: number; readonly msg?: string; readonly [member: string]: unknown };

const errorLevel = 50;
const linesMax = 50_000;
const textMax = 300;

/** Everything that the services logged. */
export type LogBook = {
  readonly log: Logger;
  /** Each line as it would stand in the file. */
  readonly texts: () => readonly string[];
  /** Lines of level error and above: what no test should bring about. */
  readonly errors: () => readonly LogLine[];
  /** The same in one short text each. */
  readonly errorTexts: () => readonly string[];
};

export function createLogBook(level: "info" | "warn"): LogBook {
  const texts: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (texts.length < linesMax) texts.push(chunk.toString());
      done();
    },
  });
  const lines = (): LogLine[] => texts.map((text) => JSON.parse(text) as LogLine);
  const errors = (): LogLine[] => lines().filter((line) => line.level >= errorLevel);
  return {
    log: pino({ level }, stream),
    texts: () => texts,
    errors,
    errorTexts: () => errors().map(({ msg, err }) => `${msg}: ${messageOf(err)}`.slice(0, textMax)),
  };
}

function messageOf(error: unknown): string {
  const { message, stack } = (error ?? {}) as { message?: string; stack?: string };
  return `${message ?? ""} ${stack?.split("caused by:")[1] ?? ""}`;
}
