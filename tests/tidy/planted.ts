import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "../runner/repository.ts";

/** A small repository of its own in which a gate is tried out. */
export type PlantedRepository = AsyncDisposable & {
  readonly folder: string;
  readonly write: (path: string, content: string | object) => void;
  /** Copies a file of ours. */
  readonly copy: (path: string) => void;
  /** Links an installed or own package, as pnpm does. */
  readonly link: (path: string, target: string) => void;
};

export function plantRepository(): PlantedRepository {
  const folder = mkdtempSync(join(tmpdir(), "kontor-planted-"));
  const place = (path: string): string => {
    const full = join(folder, path);
    mkdirSync(dirname(full), { recursive: true });
    return full;
  };
  return {
    folder,
    write: (path, content) => {
      writeFileSync(place(path), typeof content === "string" ? content : JSON.stringify(content, null, 2));
    },
    copy: (path) => cpSync(join(root, path), place(path)),
    link: (path, target) => symlinkSync(join(root, target), place(path)),
    [Symbol.asyncDispose]: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  };
}
