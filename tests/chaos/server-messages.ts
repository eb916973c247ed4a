import type { EmbeddedEvent } from "@kontor/db/embedded";
import type { LiveLimits } from "@kontor/gateway";
import type { HostSettings } from "@kontor/trading";

/** Numbers only: these travel between processes. */
type Numbers<Settings> = { readonly [Name in keyof Settings as Settings[Name] extends number ? Name : never]?: number };

/** What a server process is to run; the first message it gets. */
export type ServerOrder = {
  /** Absolute; holds the embedded Postgres and the log. */
  readonly folder: string;
  readonly port: number;
  readonly host?: Numbers<HostSettings>;
  readonly liveLimits?: Partial<LiveLimits>;
};

export type ToServer =
  | { readonly type: "stop" }
  | { readonly type: "memory"; readonly collect: boolean }
  | { readonly type: "cpu" }
  /** Starts writing down where time is spent; the second one, with a path, ends that. */
  | { readonly type: "profile"; readonly into: string | null };

export type FromServer =
  | {
      readonly type: "ready";
      readonly url: string;
      readonly databaseUrl: string;
      /** From the start of the process until the first line of the installation's start. */
      readonly loadingMs: number;
      readonly startingMs: number;
    }
  | { readonly type: "failed"; readonly reason: string }
  | { readonly type: "postgres"; readonly event: EmbeddedEvent["type"]; readonly detail?: string }
  | { readonly type: "memory"; readonly rss: number; readonly heapUsed: number }
  /** Microseconds of processor time since the process began. */
  | { readonly type: "cpu"; readonly micros: number }
  | { readonly type: "profiled" };
