/** The database that a command line of the worker is for. */
export function readDatabaseUrl(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const url = environment["DATABASE_URL"] ?? "";
  if (/^postgres(ql)?:\/\//.test(url)) return url;
  throw new Error("DATABASE_URL: set it to the address of the database, such as postgres://user@host:5432/name");
}
