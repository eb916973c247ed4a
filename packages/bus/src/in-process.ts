import { Fault } from "@kontor/kernel";
import type { Bus } from "./port.ts";

export type InProcessBusOptions = {
  /** Told what a handler threw: a publisher never learns of its receivers' failures. */
  readonly onError?: (error: unknown, subject: string) => void;
};

type Message = never;
type Server = { readonly answer: (message: Message) => Promise<unknown> };
type Subscriber = { readonly receive: (message: Message, subject: string) => void; active: boolean };
type Wait = { readonly reject: (fault: Fault) => void; readonly timer: NodeJS.Timeout };
type Delivery = { readonly to: Subscriber; readonly message: unknown; readonly subject: string };

/**
 * The bus of one process: messages are passed by reference. Several servers of one subject take turns.
 * Subscribers are called in a microtask, in the order of publishing, so that a publisher is never entered again.
 */
export function createInProcessBus({ onError = () => {} }: InProcessBusOptions = {}): Bus {
  const servers = new Map<string, Server[]>();
  const subscribers = new Map<string, Set<Subscriber>>();
  const waiting = new Set<Wait>();
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
      const wait: Wait = { reject, timer: setTimeout(expire, timeoutMs) };
      function expire(): void {
        end(wait, new Fault("command_timeout", { subject, timeoutMs }));
      }
      const refuse = (cause: unknown): void => {
        onError(cause, subject);
        end(wait, new Fault("bus_unavailable", { subject }, { cause }));
      };
      waiting.add(wait);
      try {
        server.answer(message as Message).then((answer) => {
          if (!waiting.delete(wait)) return;
          clearTimeout(wait.timer);
          resolve(answer as Answer);
        }, refuse);
      } catch (error) {
        refuse(error);
      }
    });
  }

  function end(wait: Wait, fault: Fault): void {
    if (!waiting.delete(wait)) return;
    clearTimeout(wait.timer);
    wait.reject(fault);
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
      for (const wait of [...waiting]) end(wait, new Fault("bus_unavailable", {}));
      return Promise.resolve();
    },
  };
}
