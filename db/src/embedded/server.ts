import postgres from "postgres";
import { serverAccount } from "./account.ts";
import { findBinaries } from "./binaries.ts";
import type { Credentials } from "./folder.ts";
import { prepareFolder, readCredentials, takeFolder } from "./folder.ts";
import { adminRole, initialiseData } from "./initialise.ts";
import type { LaunchOptions } from "./launch.ts";
import { launch } from "./launch.ts";
import { settleOrphan } from "./orphan.ts";
import { reachableData, reachablePrograms } from "./reachable.ts";
import type { ServerSettings } from "./settings.ts";
import type { Running } from "./supervise.ts";
import { supervise } from "./supervise.ts";

/** What happened to the server without anybody asking for it. */
export type EmbeddedEvent =
  | { readonly type: "server_adopted"; readonly pid: number }
  | { readonly type: "server_died"; readonly pid: number }
  | { readonly type: "server_restarted"; readonly pid: number }
  | { readonly type: "restart_failed"; readonly error: Error };

export type EmbeddedOptions = {
  /** Everything the server writes lies in here. */
  readonly folder?: string;
  readonly onEvent?: (event: EmbeddedEvent) => void;
  /** Server settings beside or instead of the usual ones. */
  readonly settings?: ServerSettings;
  /** For a start, with recovery after a crash. */
  readonly timeoutMs?: number;
};

export type EmbeddedServer = {
  /** Address with login, for the role that owns the database. It stays valid when the server is restarted. */
  readonly url: string;
  /** The same for a superuser. For administration and tests: nothing in Kontor needs it. */
  readonly adminUrl: string;
  readonly port: number;
  /** The server process of this moment. */
  readonly pid: () => number;
  /** Stops the server and starts it again at the same address. */
  readonly restart: () => Promise<void>;
  /** Ends the server cleanly and gives the folder free. Connections should be closed before. */
  readonly stop: () => Promise<void>;
};

const database = "kontor";

/**
 * Runs a Postgres of our own, with its data in `folder`. From then on it is watched: if it dies, it is started again
 * at the same address. If this process dies, the next one to call this on the folder adopts the server.
 *
 * @throws Error with a sentence for the operator: folder in use, no programs for this system, server does not start.
 */
export async function startEmbedded(options: EmbeddedOptions = {}): Promise<EmbeddedServer> {
  const { folder: path = "./.kontor/postgres", settings = {}, timeoutMs = 60_000, onEvent = () => {} } = options;
  const [found, account, prepared] = await Promise.all([findBinaries(), serverAccount(), prepareFolder(path)]);
  const release = await takeFolder(prepared);
  try {
    const [binaries, folder] = account
      ? await Promise.all([reachablePrograms(found, account), reachableData(prepared, account)])
      : [found, prepared];
    const credentials = await readCredentials(folder);
    await initialiseData({ folder, binaries, account, credentials });
    const launchOptions: LaunchOptions = { folder, binaries, account, settings, timeoutMs };
    const running = await adoptOrLaunch(launchOptions, credentials, onEvent);
    const adminUrl = adminUrlOf(credentials, running.port);
    await ensureDatabase(adminUrl, credentials);
    const watch = supervise(running, launchOptions, onEvent);
    return {
      url: `postgres://${database}:${credentials.application}@127.0.0.1:${running.port}/${database}`,
      adminUrl,
      port: running.port,
      pid: watch.pid,
      restart: watch.restart,
      async stop() {
        await watch.stop();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

async function adoptOrLaunch(
  options: LaunchOptions,
  credentials: Credentials,
  onEvent: (event: EmbeddedEvent) => void,
): Promise<Running> {
  const adopted = await settleOrphan(options, (port) => adminUrlOf(credentials, port));
  if (!adopted) return launch(options);
  onEvent({ type: "server_adopted", pid: adopted.pid });
  return { child: undefined, pid: adopted.pid, port: adopted.port };
}

/** The role that Kontor works as owns its database and may create others, for tests; it is no superuser. */
async function ensureDatabase(adminUrl: string, { application }: Credentials): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    const [role] = await sql`select 1 from pg_roles where rolname = ${database}`;
    if (!role) await sql.unsafe(`create role ${database} login createdb password '${application}'`);
    const [existing] = await sql`select 1 from pg_database where datname = ${database}`;
    if (!existing) await sql.unsafe(`create database ${database} owner ${database}`);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function adminUrlOf({ admin }: Credentials, port: number): string {
  return `postgres://${adminRole}:${admin}@127.0.0.1:${port}/postgres`;
}
