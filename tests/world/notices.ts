import type { NoticeKind, NoticeRecord } from "@kontor/protocol";
import type { Person } from "./people.ts";
import { until } from "./until.ts";

/** What arrives on a person's `me` stream from now on. */
export type NoticeWatch = {
  readonly all: readonly NoticeRecord[];
  /** The first notice of the kind about the tender, past ones included. */
  readonly next: (kind: NoticeKind, tenderId: string) => Promise<NoticeRecord>;
  /** The first notice of the kind whose data have this member, past ones included. */
  readonly about: (kind: NoticeKind, member: string, value: string) => Promise<NoticeRecord>;
};

export async function watchNotices(person: Person): Promise<NoticeWatch> {
  const all: NoticeRecord[] = [];
  const subscription = person.live().subscribe("me", {
    onNotice: (notice) => {
      all.push(notice as unknown as NoticeRecord);
    },
  });
  await subscription.until(() => true, { timeoutMs: 15_000 });
  return {
    all,
    next: (kind, tenderId) =>
      until(`a notice ${kind} to ${person.name}`, () =>
        all.find((notice) => notice.kind === kind && notice.tenderId === tenderId),
      ),
    about: (kind, member, value) =>
      until(`a notice ${kind} to ${person.name}`, () =>
        all.find((notice) => notice.kind === kind && notice.data[member] === value),
      ),
  };
}
