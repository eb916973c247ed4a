import type { Bus } from "@kontor/bus";
import { createInProcessBus, subjects } from "@kontor/bus";
import { expect, test, vi } from "vitest";
import { liveLimits } from "../src/live/live-limits.ts";
import { NoticeFeed } from "../src/live/notice-feed.ts";
import type { Message } from "./fake-client.ts";
import { FakeClient, member } from "./fake-client.ts";

const lingerMs = 30_000;

/** Stored notices of one company, and the feed that tells of them. */
class Scene {
  readonly bus: Bus = createInProcessBus();
  readonly client = new FakeClient();
  unread = 0;
  /** What happens before a question is answered. */
  meanwhile: () => void = () => {};
  #runs = 0;
  readonly feed = new NoticeFeed({
    bus: this.bus,
    unread: async () => {
      const unread = this.unread;
      this.meanwhile();
      await Promise.resolve();
      return unread;
    },
    limits: { ...liveLimits, lingerMs },
    nextRun: () => `run-${++this.#runs}`,
  });

  async follow(from?: { readonly epoch: string; readonly seq: number }) {
    const subscription = this.client.subscription("me", member("c1"));
    await this.feed.open(subscription, from);
    return subscription;
  }

  async store(noticeId: string): Promise<void> {
    this.unread += 1;
    this.bus.publish(subjects.notices, { companyId: "c1", notice: { noticeId } });
    await new Promise(setImmediate);
  }

  async take(): Promise<readonly Message[]> {
    await new Promise(setImmediate);
    return this.client.take();
  }
}

function snapshot(unread: number, place: { readonly epoch: string; readonly seq: number }): Message {
  return { stream: "me", ...place, snapshot: { companyId: "c1", unread } };
}

test("whoever comes later is told how many are unread by then", async () => {
  const scene = new Scene();
  await scene.follow();
  expect(await scene.take()).toEqual([snapshot(0, { epoch: "run-1", seq: 0 })]);
  for (const id of ["n1", "n2", "n3"]) await scene.store(id);
  await scene.take();
  await scene.follow();
  expect(await scene.take()).toEqual([snapshot(3, { epoch: "run-1", seq: 3 })]);
  scene.unread = 0;
  await scene.follow();
  expect(await scene.take()).toEqual([snapshot(0, { epoch: "run-1", seq: 3 })]);
  scene.feed.close();
});

test("a notice that comes while the count is asked for is in the count or follows it, never neither", async () => {
  const scene = new Scene();
  scene.unread = 2;
  scene.meanwhile = () => {
    scene.meanwhile = () => {};
    void scene.store("n3");
  };
  await scene.follow();
  const [first, ...more] = await scene.take();
  expect([first, more]).toEqual([snapshot(3, { epoch: "run-1", seq: 1 }), []]);
  scene.feed.close();
});

test("an answer that is overtaken does not move the count back", async () => {
  const scene = new Scene();
  const late = Promise.withResolvers<void>();
  const feed = new NoticeFeed({
    bus: scene.bus,
    unread: async () => {
      const unread = scene.unread;
      if (unread === 0) await late.promise;
      return unread;
    },
    limits: liveLimits,
    nextRun: () => "run",
  });
  const slow = feed.open(scene.client.subscription("me", member("c1")));
  scene.unread = 4;
  await feed.open(scene.client.subscription("me", member("c1")));
  expect(await scene.take()).toEqual([snapshot(4, { epoch: "run", seq: 0 })]);
  late.resolve();
  await slow;
  expect(await scene.take()).toEqual([snapshot(4, { epoch: "run", seq: 0 })]);
  feed.close();
});

test("a stream that nobody follows is kept for those who come back, and then forgotten", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const scene = new Scene();
    (await scene.follow()).cancel();
    await scene.store("n1");
    vi.advanceTimersByTime(lingerMs - 1);
    const second = await scene.follow({ epoch: "run-1", seq: 0 });
    expect((await scene.take()).at(-1)).toMatchObject({ epoch: "run-1", seq: 1, event: { noticeId: "n1" } });
    second.cancel();
    vi.advanceTimersByTime(lingerMs - 1);
    const third = await scene.follow({ epoch: "run-1", seq: 1 });
    vi.advanceTimersByTime(10 * lingerMs);
    await scene.store("n2");
    expect((await scene.take()).at(-1)).toMatchObject({ epoch: "run-1", seq: 2 });
    third.cancel();
    vi.advanceTimersByTime(lingerMs);
    await scene.follow({ epoch: "run-1", seq: 2 });
    expect(await scene.take()).toEqual([snapshot(2, { epoch: "run-2", seq: 0 })]);
    scene.feed.close();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test("a question that fails is told to who asked, and leaves nothing behind", async () => {
  const scene = new Scene();
  scene.meanwhile = () => {
    throw new Error("the database does not answer");
  };
  await expect(scene.follow()).rejects.toThrow("does not answer");
  scene.meanwhile = () => {};
  await scene.follow();
  expect(await scene.take()).toEqual([snapshot(0, { epoch: "run-1", seq: 0 })]);
  scene.feed.close();
});

test("what is one person's alone comes to him, and to nobody else who acts for the company", async () => {
  const scene = new Scene();
  const other = new FakeClient();
  await scene.follow();
  await scene.feed.open(other.subscription("me", { ...member("c1"), userId: "somebody else" }));
  await scene.take();
  other.take();
  const { userId } = member("c1");
  scene.bus.publish(subjects.notices, { companyId: "c1", userId, notice: { noticeId: "own" } });
  scene.bus.publish(subjects.notices, { companyId: "c1", userId: "somebody else", notice: { noticeId: "his" } });
  scene.bus.publish(subjects.notices, { companyId: "c1", notice: { noticeId: "all" } });
  await new Promise(setImmediate);
  const idsOf = (messages: readonly Message[]) =>
    messages.map((message) => (message as { event?: { noticeId?: string } }).event?.noticeId);
  expect(idsOf(await scene.take())).toEqual(["own", "all"]);
  expect(idsOf(other.take())).toEqual(["his", "all"]);
  scene.feed.close();
});
