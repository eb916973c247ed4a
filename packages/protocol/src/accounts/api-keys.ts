import { z } from "zod";
import { pageQuery } from "../pages.ts";
import { Instant } from "../primitives.ts";

/** A key trades for its company; it never administers it. */
export const KeyRole = z.enum(["buyer", "approver", "seller", "finance"]);
export const KeyId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

export const ApiKey = z
  .object({
    keyId: KeyId,
    name: z.string(),
    start: z.string().meta({ description: "The first characters, to tell keys apart." }),
    roles: z.array(KeyRole),
    createdAt: Instant,
    expiresAt: Instant.optional(),
  })
  .meta({ id: "ApiKey" });

export const NewApiKey = ApiKey.extend({
  key: z.string().meta({ description: "Shown this once; only its hash is kept." }),
}).meta({ id: "NewApiKey" });

export const ApiKeyOrder = z.strictObject({
  name: z.string().min(1).max(100),
  roles: z.array(KeyRole).min(1).max(4),
  expiresInDays: z.int().min(1).max(365).default(90),
});

export const ApiKeyQuery = z.strictObject(pageQuery);

export type KeyRole = z.infer<typeof KeyRole>;
export type ApiKey = z.infer<typeof ApiKey>;
export type NewApiKey = z.infer<typeof NewApiKey>;
export type ApiKeyOrder = z.input<typeof ApiKeyOrder>;
export type ApiKeyQuery = z.infer<typeof ApiKeyQuery>;
