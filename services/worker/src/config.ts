/** The database that a command line of the worker is for; null when the environment names none. */
export function readDatabaseUrl(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | null {
  const url = environment["DATABASE_URL"] ?? "";
  return /^postgres(ql)?:\/\/\S+$/.test(url) ? url : null;
}
