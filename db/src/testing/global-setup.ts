import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "../embedded/index.ts";
import { migrate } from "../migrate.ts";

/** What tests are told about the server of this run. */
export type TestServer = {
  /** The role that owns every database of the run. */
  readonly url: string;
  readonly adminUrl: string;
  /** A migrated database to clone. Nobody may be connected to it. */
  readonly template: string;
};

declare module "vitest" {
  export interface ProvidedContext {
    testServer: TestServer;
  }
}

type Shared = { readonly server: TestServer; readonly stop: () => Promise<void> };

/** Projects of one run share the server: each loads this file anew, so what they share hangs on the process. */
const slot: { [key: symbol]: { started: Promise<Shared>; users: number } | undefined } = globalThis;
const key = Symbol.for("kontor.testServer");

/** Starts one server per test run, with its data in a temporary folder. For `globalSetup` of Vitest. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = slot[key] ?? { started: startShared(), users: 0 };
  slot[key] = shared;
  shared.users += 1;
  const { server, stop } = await shared.started;
  project.provide("testServer", server);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    slot[key] = undefined;
    await stop();
  };
}

async function startShared(): Promise<Shared> {
  const folder = await mkdtemp(join(tmpdir(), "kontor-test-"));
  const embedded = await startEmbedded({ folder });
  const { url, adminUrl } = embedded;
  const template = "kontor_template";
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(`create database ${template}`);
  await sql.end();
  await migrate(withDatabase(url, template));
  return {
    server: { url, adminUrl, template },
    async stop() {
      await embedded.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function withDatabase(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}
