import { createInProcessBus } from "@kontor/bus";
import { connect } from "@kontor/db";
import { createAccountStore } from "@kontor/db/auth";
import type { MatrixEntry } from "@kontor/gateway";
import { buildGateway, createRepositories, parseGatewayConfig } from "@kontor/gateway";
import pino from "pino";

/** Every door of the gateway with its declaration, read off a gateway that is built like the running one. */
export async function declaredDoors(databaseUrl: string): Promise<readonly MatrixEntry[]> {
  const connection = connect(databaseUrl, { max: 1 });
  const bus = createInProcessBus();
  const config = parseGatewayConfig({ KONTOR_AUTH_SECRET: "a secret of the tests that is long enough" });
  if (!config.ok) throw new Error(config.faults.join("\n"));
  const app = await buildGateway({
    config: config.config,
    bus,
    repositories: createRepositories(connection.db),
    accounts: createAccountStore(connection.db),
    accountDatabase: connection.db,
    clock: { now: () => Date.now() * 1000 },
    log: pino({ level: "silent" }),
    mailer: () => Promise.resolve(),
    readiness: [],
  });
  const doors = app.permissionMatrix();
  await app.close();
  await bus.close();
  await connection.close();
  return doors;
}
