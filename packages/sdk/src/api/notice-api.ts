import type { NoticeQuery, NoticeRecord } from "@kontor/protocol";
import { Pages } from "../http/pages.ts";
import type { Requester } from "../http/requester.ts";
import { mutate } from "../http/requester.ts";
import type { Result } from "../result.ts";

/** Stored messages to one's company; new ones come over the `me` stream as well. */
export type NoticeApi = {
  /** Newest first. */
  readonly list: (query?: Partial<NoticeQuery>) => Pages<NoticeRecord>;
  /** All of them when none is named; answers how many changed. */
  readonly markRead: (noticeIds?: readonly string[]) => Promise<Result<number>>;
};

export function createNoticeApi(requester: Requester): NoticeApi {
  return {
    list: (query = {}) => new Pages(requester, "/v1/notices", query),
    markRead: async (noticeIds) => {
      const body = noticeIds === undefined ? {} : { noticeIds };
      const request = { method: "POST", path: "/v1/notices/reading", body } as const;
      const result = await mutate<{ changed: number }>(requester, request);
      return result.ok ? { ok: true, value: result.value.changed } : result;
    },
  };
}
