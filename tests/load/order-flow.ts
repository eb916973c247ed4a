import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const headerBytes = 64;
const recordWords = 6;

/** What every engine must come to that is given the flow. */
export type FlowOutcome = {
  readonly trades: number;
  readonly volume: number;
  readonly rejected: number;
  readonly resting: number;
  /** Of maker, taker, price and quantity of every trade in order; see `mixed`. */
  readonly hash: number;
};

/**
 * The reference flow of orders. Columns are one command each: `op` 1 new, 2 cancel, 3 replace; `side` 0 buy, 1 sell;
 * `ioc` 1 when the rest does not rest. Prices are ticks.
 */
export type OrderFlow = {
  readonly count: number;
  readonly maxId: number;
  readonly minPrice: number;
  readonly maxPrice: number;
  readonly op: Uint8Array;
  readonly side: Uint8Array;
  readonly ioc: Uint8Array;
  readonly id: Int32Array;
  readonly newId: Int32Array;
  readonly price: Int32Array;
  readonly quantity: Int32Array;
  readonly account: Int32Array;
  readonly outcome: FlowOutcome;
};

export type FlowOptions = { readonly seed: number; readonly ops?: number };

/** Where the flow's generator lies, or null when this machine has none. */
export function flowGenerator(): string | null {
  // biome-ignore lint/style/noProcessEnv: the one setting of tests and benches with the reference flow, read here only.
  const path = process.env.KONTOR_ORDER_FLOW ?? join(root, "../shared/tools/orderflow.mjs");
  if (existsSync(path)) return path;
  process.stdout.write("skipped: no generator of the reference flow\n");
  return null;
}

export function generateFlow(generator: string, { seed, ops = 1_000_000 }: FlowOptions): OrderFlow {
  const folder = mkdtempSync(join(tmpdir(), "kontor-flow-"));
  try {
    const out = join(folder, "flow.bin");
    execFileSync(process.execPath, [generator, "--out", out, "--seed", String(seed), "--ops", String(ops)], {
      stdio: "ignore",
    });
    return readFlow(readFileSync(out));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readFlow(bytes: Buffer): OrderFlow {
  if (bytes.toString("latin1", 0, 4) !== "OFL1") throw new RangeError("this is no flow of orders");
  const count = bytes.readUInt32LE(12);
  const words = new Int32Array(
    bytes.buffer.slice(bytes.byteOffset + headerBytes, bytes.byteOffset + headerBytes + count * 24),
  );
  const column = (word: number) =>
    Int32Array.from({ length: count }, (_, i) => words[i * recordWords + word] as number);
  const byte = (shift: number) =>
    Uint8Array.from({ length: count }, (_, i) => ((words[i * recordWords] as number) >>> shift) & 255);
  return {
    count,
    maxId: bytes.readUInt32LE(20),
    minPrice: bytes.readInt32LE(24),
    maxPrice: bytes.readInt32LE(28),
    op: byte(0),
    side: byte(8),
    ioc: byte(16),
    id: column(1),
    newId: column(2),
    price: column(3),
    quantity: column(4),
    account: column(5),
    outcome: {
      trades: bytes.readUInt32LE(36),
      volume: bytes.readUInt32LE(40) + bytes.readUInt32LE(44) * 4_294_967_296,
      resting: bytes.readUInt32LE(48),
      hash: bytes.readUInt32LE(52),
      rejected: bytes.readUInt32LE(56),
    },
  };
}

export const noTrades = 0x811c9dc5;

/** The hash of trades with one word more. */
export function mixed(hash: number, word: number): number {
  return Math.imul(hash ^ word, 0x01000193) >>> 0;
}
