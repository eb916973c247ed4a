import type { Page } from "@kontor/protocol";
import type { Result } from "../result.ts";
import { requireValue } from "../result.ts";
import type { Query, Requester } from "./requester.ts";
import { readPath } from "./requester.ts";

/** A list that is read page by page: iterate over it, or ask for single pages. */
export class Pages<Entry> implements AsyncIterable<Entry> {
  readonly #requester: Requester;
  readonly #path: string;
  readonly #query: Query;

  constructor(requester: Requester, path: string, query: Query) {
    this.#requester = requester;
    this.#path = path;
    this.#query = query;
  }

  /** The first page, or the one that `next` of another leads to. */
  page(cursor?: string): Promise<Result<Page<Entry>>> {
    return readPath(this.#requester, this.#path, { ...this.#query, cursor });
  }

  /** Everything, however many pages it takes. @throws ProblemError */
  async all(): Promise<readonly Entry[]> {
    const entries: Entry[] = [];
    for await (const entry of this) entries.push(entry);
    return entries;
  }

  /** @throws ProblemError when a page is refused */
  async *[Symbol.asyncIterator](): AsyncGenerator<Entry> {
    let cursor: string | undefined;
    do {
      const page: Page<Entry> = requireValue(await this.page(cursor));
      yield* page.data;
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
  }
}
