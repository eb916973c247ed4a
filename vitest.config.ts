import { defineConfig } from "vitest/config";

const packages = "{packages,engines,services}/*/**";
const spec = "*.spec.ts";
const databaseSpecs = "**/*.db.spec.ts";
const browserSpecs = "**/*.web.spec.ts";

/** One embedded Postgres per run for the tiers that need it; each test clones its own database from a template. */
const withDatabase = { globalSetup: ["./db/src/testing/global-setup.ts"] };

/** One project per tier; the file's name and folder decide which tier a test belongs to. */
export default defineConfig({
  test: {
    allowOnly: false,
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "unit",
          testTimeout: 30_000,
          include: [`${packages}/${spec}`, `db/**/${spec}`],
          exclude: ["**/node_modules/**", databaseSpecs, browserSpecs],
        },
      },
      {
        test: {
          name: "db",
          include: [`${packages}/*.db.spec.ts`, "db/**/*.db.spec.ts"],
          exclude: ["**/node_modules/**"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          ...withDatabase,
        },
      },
      {
        test: { name: "tidy", include: [`tests/tidy/**/${spec}`], testTimeout: 30_000 },
      },
      {
        test: {
          name: "journeys",
          include: [`tests/journeys/**/${spec}`],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          ...withDatabase,
        },
      },
      {
        test: {
          name: "web",
          include: [`tests/web/**/${spec}`, `${packages}/*.web.spec.ts`],
          exclude: ["**/node_modules/**"],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          ...withDatabase,
        },
      },
      {
        test: {
          name: "replay",
          include: [`tests/replay/**/${spec}`],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          ...withDatabase,
        },
      },
      {
        test: {
          name: "chaos",
          include: [`tests/chaos/**/${spec}`],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
