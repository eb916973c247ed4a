import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestDatabase } from "@kontor/db/testing";
import type { LiveLimits, Mail, WebAppOptions } from "@kontor/gateway";
import { parseGatewayConfig } from "@kontor/gateway";
import type { Standalone, StandaloneOptions } from "@kontor/standalone";
import { createStandalone } from "@kontor/standalone";
import type { HostSettings } from "@kontor/trading";
import type { LogBook } from "./log-book.ts";
import { createLogBook } from "./log-book.ts";
import type { TestClock } from "./test-clock.ts";
import { createTestClock } from "./test-clock.ts";

export type InstallationOptions = {
  readonly rateLimits?: boolean;
  readonly logLevel?: "info" | "warn";
  readonly liveLimits?: Partial<LiveLimits>;
  /** How often clearing looks for work, in milliseconds. */
  readonly clearing?: NonNullable<StandaloneOptions["clearing"]>;
  /** How often buying looks for what is due and for notices to tell, in milliseconds. */
  readonly buying?: NonNullable<StandaloneOptions["buying"]>;
  readonly host?: Partial<HostSettings>;
  readonly webApp?: WebAppOptions;
};

/** One whole installation in this process, on a database of its own. */
export type Installation = AsyncDisposable & {
  readonly url: string;
  readonly databaseUrl: string;
  readonly clock: TestClock;
  readonly logBook: LogBook;
  /** Messages to people, oldest first. */
  readonly mailsTo: (address: string) => readonly Mail[];
  /** The one that runs now. @throws Error when none does */
  readonly running: () => Standalone;
  /** Ends the services in order, as a signal would. */
  readonly stop: () => Promise<void>;
  /** Starts them again on the same address and database. */
  readonly start: () => Promise<void>;
};

/** A beat looks at the clock, so this is how long a skipped wait takes. */
const beatMs = 50;
const authSecret = "a secret of the tests that is long enough";

export async function createInstallation(options: InstallationOptions = {}): Promise<Installation> {
  const database = await createTestDatabase();
  const dataFolder = await mkdtemp(join(tmpdir(), "kontor-journey-"));
  const clock = createTestClock();
  const logBook = createLogBook(options.logLevel ?? "info");
  const mails: Mail[] = [];
  const config = parseGatewayConfig({
    KONTOR_AUTH_SECRET: authSecret,
    KONTOR_RATE_LIMITS: options.rateLimits === true ? "on" : "off",
  });
  if (!config.ok) throw new Error(config.faults.join("\n"));
  const open = (port: number): Promise<Standalone> =>
    createStandalone({
      dataFolder,
      databaseUrl: database.url,
      port,
      gateway: config.config,
      authSecret,
      log: logBook.log,
      mailer: (mail) => {
        mails.push(mail);
        return Promise.resolve();
      },
      clock,
      host: { leaseRenewMs: beatMs, ...options.host },
      // Most journeys search nothing, and there is nothing yet.
      search: { warmMax: 0 },
      ...(options.liveLimits === undefined ? {} : { liveLimits: options.liveLimits }),
      ...(options.webApp === undefined ? {} : { webApp: options.webApp }),
      ...(options.clearing === undefined ? {} : { clearing: options.clearing }),
      ...(options.buying === undefined ? {} : { buying: options.buying }),
    });
  let standalone: Standalone | null = await open(0);
  const { url } = standalone;
  const stop = async (): Promise<void> => {
    await standalone?.stop();
    standalone = null;
  };
  return {
    url,
    databaseUrl: database.url,
    clock,
    logBook,
    mailsTo: (address) => mails.filter(({ to }) => to === address),
    running() {
      if (standalone === null) throw new Error("the installation does not run");
      return standalone;
    },
    stop,
    async start() {
      standalone = await open(Number(new URL(url).port));
    },
    async [Symbol.asyncDispose]() {
      await stop();
      await database.drop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
