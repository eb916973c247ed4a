import { z } from "zod";

const Environment = z.object({
  DATABASE_URL: z.string().min(1).optional().catch(undefined),
  KONTOR_DATA: z.string().min(1).default("./.kontor"),
});

/** Where the commands of this package find the journal when they are not told. */
export function readEnvironment(): { readonly databaseUrl: string | undefined; readonly dataFolder: string } {
  const { DATABASE_URL: databaseUrl, KONTOR_DATA: dataFolder } = Environment.parse(process.env);
  return { databaseUrl, dataFolder };
}
