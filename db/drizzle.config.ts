import { defineConfig } from "drizzle-kit";

/** Only `drizzle-kit generate` reads this: at run time the migrations are applied by `src/migrate.ts`. */
export default defineConfig({ dialect: "postgresql", schema: "./src/schema/*.ts", out: "./migrations" });
