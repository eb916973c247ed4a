import type { Argon2Parameters } from "node:crypto";
import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { availableParallelism } from "node:os";
import { APIError } from "better-auth/api";

/** 19 MiB and two passes: about 17 ms of one core per hash. */
const memoryKib = 19_456;
const passes = 2;
const saltBytes = 16;
const tagBytes = 32;
/** More at once would take the cores that trading needs. */
const atOnceMax = Math.min(4, Math.max(1, Math.floor(availableParallelism() / 2)));
/** Sign-ins that wait beyond this are refused, so that a flood of them costs a bounded amount of memory. */
const waitingMax = 64;

export const overloaded = "OVERLOADED";

export type PasswordHasher = {
  /** PHC string of an argon2id hash with a fresh salt. */
  readonly hash: (password: string) => Promise<string>;
  readonly verify: (proof: { readonly hash: string; readonly password: string }) => Promise<boolean>;
};

/** @throws APIError with the code `OVERLOADED` when too many hashes are waiting; the library passes it on. */
export function createPasswordHasher(): PasswordHasher {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function derive(parameters: Argon2Parameters): Promise<Buffer> {
    if (running >= atOnceMax) {
      if (waiting.length >= waitingMax) throw new APIError("SERVICE_UNAVAILABLE", { code: overloaded });
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    running += 1;
    try {
      return await new Promise<Buffer>((resolve, reject) => {
        argon2("argon2id", parameters, (error, tag) => (error === null ? resolve(tag) : reject(error)));
      });
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  }

  return {
    async hash(password) {
      const nonce = randomBytes(saltBytes);
      const parameters = { message: password, nonce, memory: memoryKib, passes, parallelism: 1, tagLength: tagBytes };
      const tag = await derive(parameters);
      return `$argon2id$v=19$m=${memoryKib},t=${passes},p=1$${unpadded(nonce)}$${unpadded(tag)}`;
    },

    async verify({ hash, password }) {
      const stored = readHash(hash);
      if (stored === null) return false;
      const tag = await derive({ ...stored.parameters, message: password });
      return timingSafeEqual(tag, stored.tag);
    },
  };
}

const phc = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{11,86})$/;

function readHash(text: string): { parameters: Omit<Argon2Parameters, "message">; tag: Buffer } | null {
  const parts = phc.exec(text);
  if (parts === null) return null;
  const [memory = 0, time = 0, parallelism = 0] = parts.slice(1, 4).map(Number);
  const nonce = Buffer.from(parts[4] ?? "", "base64");
  const tag = Buffer.from(parts[5] ?? "", "base64");
  return { parameters: { nonce, memory, passes: time, parallelism, tagLength: tag.length }, tag };
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
