import type { Database } from "@kontor/db";
import { missingMigrations } from "@kontor/db";
import type { ReadinessCheck } from "./dependencies.ts";

/** Whether the database has been through every migration of this release. */
export function schemaCheck(db: Database): ReadinessCheck {
  return {
    name: "schema",
    async check() {
      const missing = await missingMigrations(db);
      if (missing.length === 0) return true;
      return `The database lacks ${missing.length} of this release's migrations; run db:migrate.`;
    },
  };
}
