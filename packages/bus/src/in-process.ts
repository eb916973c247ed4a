import { Fault } from "@kontor/kernel";
import type { Deadline } from "./deadlines.ts";
import { createDeadlines } from "./deadlines.ts";
import type { Bus } from "./port.ts";

export type InProcessBusOptions = {
  /** Told what a handler threw: a publisher never learns of its receivers' failures. */
  readonly onError?: (error: unknown, subject: string) => void;
};

type Message = never;
type Server = { readonly answer: (message: Message) => Promise<unknown> };
type Subscriber = { readonly receive: (message: Message, subject: string) => void; active: boolean };
type Delivery = { readonly to: Subscriber; readonly message: unknown; readonly subject: string };

/**
 * The bus of one process: messages are passed by reference. Several servers of one subject take turns.
 * Subscribers are called in a microtask, in the order of publishing, so that a publisher is never entered again.
 */
export function createInProcessBus({ onError = () => {} }: InProcessBusOptions = {}): Bus {
  const servers = new Map<string, Server[]>();
  const subscribers = new Map<string, Set<Subscriber>>();
  const waiting = createDeadlines();
  let outbox: Delivery[] = [];
  let turn = 0;
  let closed = false;

  function deliver(): void {
    const due = outbox;
    outbox = [];
    for (const { to, message, subject } of due) {
      if (!to.active) continue;
      try {
        to.receive(message as Message, subject);
      } catch (error) {
        onError(error, subject);
      }
    }
  }

  function post(pattern: string, message: unknown, subject: string): void {
    const receivers = subscribers.get(pattern);
    if (receivers === undefined) return;
    for (const to of receivers) {
      if (outbox.length === 0) queueMicrotask(deliver);
      outbox.push({ to, message, subject });
    }
  }

  function ask<Answer>(subject: string, message: unknown, timeoutMs: number): Promise<Answer> {
    const serving = closed ? undefined : servers.get(subject);
    const server = serving?.[turn++ % serving.length];
    if (server === undefined) return Promise.reject(new Fault("bus_unavailable", { subject }));
    return new Promise<Answer>((resolve, reject) => {
      const wait: Deadline = {
        dueMs: performance.now() + timeoutMs,
        expire: () => reject(new Fault(closed ? "bus_unavailable" : "command_timeout", { subject, timeoutMs })),
      };
      const refuse = (cause: unknown): void => {
        onError(cause, subject);
        if (waiting.remove(timeoutMs, wait)) reject(new Fault("bus_unavailable", { subject }, { cause }));
      };
      waiting.add(timeoutMs, wait);
      try {
        server.answer(message as Message).then((answer) => {
          if (waiting.remove(timeoutMs, wait)) resolve(answer as Answer);
        }, refuse);
      } catch (error) {
        refuse(error);
      }
    });
  }

  return {
    request: (subject, message, { timeoutMs }) => ask(subject, message, timeoutMs),

    serve(subject, answer) {
      const server: Server = { answer };
      servers.set(subject, [...(servers.get(subject) ?? []), server]);
      return () => {
        const left = (servers.get(subject) ?? []).filter((other) => other !== server);
        if (left.length > 0) servers.set(subject, left);
        else servers.delete(subject);
      };
    },

    publish(subject, message) {
      if (closed) return;
      post(subject, message, subject);
      post(`${subject.slice(0, subject.lastIndexOf(".") + 1)}*`, message, subject);
    },

    subscribe(subject, receive) {
      const subscriber: Subscriber = { receive, active: true };
      const receivers = subscribers.get(subject) ?? new Set();
      subscribers.set(subject, receivers.add(subscriber));
      return () => {
        subscriber.active = false;
        receivers.delete(subscriber);
        if (receivers.size === 0 && subscribers.get(subject) === receivers) subscribers.delete(subject);
      };
    },

    close() {
      closed = true;
      servers.clear();
      subscribers.clear();
      waiting.expireAll();
      return Promise.resolve();
    },
  };
}
