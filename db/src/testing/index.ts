export type { TestServer } from "./global-setup.ts";
export { createTestDatabase, type TestDatabase } from "./test-database.ts";
