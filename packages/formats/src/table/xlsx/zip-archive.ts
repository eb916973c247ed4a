import { once } from "node:events";
import type { Readable } from "node:stream";
import type { Entry, ZipFile } from "yauzl";
import { open } from "yauzl";
import { orAborted } from "../../files/byte-source.ts";
import { UnreadableFile } from "../../files/unreadable-file.ts";

export type ZipPart = { readonly bytes: number; readonly stream: (signal?: AbortSignal) => AsyncGenerator<Uint8Array> };

export type ZipArchive = {
  /** A part by its path, without regard of capitals; null where there is none. */
  readonly part: (path: string) => ZipPart | null;
  readonly close: () => void;
};

const partsMax = 10_000;

/** Opens an archive by its directory of parts. @throws UnreadableFile `zip_broken`. */
export async function openZip(path: string): Promise<ZipArchive> {
  const zip = await opened(path);
  try {
    const entries = await entriesOf(zip);
    const part = (name: string): ZipPart | null => {
      const entry = entries.get(name.toLowerCase());
      return entry === undefined
        ? null
        : { bytes: entry.uncompressedSize, stream: (signal) => streamOf(zip, entry, signal) };
    };
    return { part, close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw broken(error);
  }
}

function opened(path: string): Promise<ZipFile> {
  const { promise, resolve, reject } = Promise.withResolvers<ZipFile>();
  open(path, { lazyEntries: true, autoClose: false }, (error, zip) =>
    error === null ? resolve(zip) : reject(broken(error)),
  );
  return promise;
}

async function entriesOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  if (zip.entryCount > partsMax) throw new Error(`${zip.entryCount} parts`);
  const ended = once(zip, "end");
  zip.on("entry", (entry: Entry) => {
    entries.set(entry.fileName.toLowerCase(), entry);
    zip.readEntry();
  });
  zip.readEntry();
  await ended;
  return entries;
}

async function* streamOf(zip: ZipFile, entry: Entry, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Readable>();
  zip.openReadStream(entry, (error, readable) => (error === null ? resolve(readable) : reject(broken(error))));
  const stream = await promise;
  try {
    const pieces = stream[Symbol.asyncIterator]();
    for (;;) {
      const { done, value } = await orAborted(pieces.next(), signal);
      if (done === true) return;
      yield value as Uint8Array;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw broken(error);
  } finally {
    stream.destroy();
  }
}

function broken(cause: unknown): UnreadableFile {
  const hint = "Save the workbook again, and send the whole file.";
  return new UnreadableFile("zip_broken", "The workbook's archive is damaged.", { hint, cause });
}
