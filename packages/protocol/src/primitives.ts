import { z } from "zod";
import { bounds, decimalPattern, instantPattern } from "./bounds.ts";

/** Lower-case UUID. */
export const Uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
export const TenderId = Uuid.meta({ description: "Tender id, UUID." });
/** The tender's id and the lot's number from 1: `<uuid>-3`. */
export const LotId = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[1-9]\d{0,3}$/)
  .meta({ description: "Lot id: the tender's id, a hyphen and the lot's number from 1." });
/** A lot-scoped record: `<lotId>-b12` (bid), `-a1` (award), `-c1` (contract). */
export const BidId = z.string().regex(/^[0-9a-f-]{36}-[1-9]\d{0,3}-b[1-9]\d{0,8}$/);
export const AwardId = z.string().regex(/^[0-9a-f-]{36}-[1-9]\d{0,3}-a[1-9]\d{0,4}$/);
export const ContractId = z.string().regex(/^[0-9a-f-]{36}-[1-9]\d{0,3}-c[1-9]\d{0,4}$/);
export const QuestionId = z.string().regex(/^[0-9a-f-]{36}-q[1-9]\d{0,4}$/);
/** Ids of companies, users and marketplaces are opaque. */
export const CompanyId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
export const UserId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
export const MarketplaceId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** Idempotency key of a mutation, made and kept by the client before it sends. */
export const CommandKey = z
  .string()
  .regex(new RegExp(`^[A-Za-z0-9_-]{${bounds.keyLengthMin},${bounds.keyLengthMax}}$`))
  .meta({ description: "Made by the client, unique per command; a UUIDv7 serves well." });

/** Amount as text: never a number, no exponent, a point as decimal mark. */
export const Decimal = z
  .string()
  .max(40)
  .regex(decimalPattern)
  .meta({ description: 'Decimal amount as text, e.g. "1412.50".' });
export const PositiveDecimal = z
  .string()
  .max(40)
  .regex(/^(?=.*[1-9])(0|[1-9]\d{0,17})(\.\d{1,18})?$/)
  .meta({ description: "Decimal amount above zero as text." });
/** Percentage as text, 0 < p <= 100, at most four decimals. */
export const Percent = z
  .string()
  .regex(/^(?=.*[1-9])(100(\.0{1,4})?|[1-9]?\d(\.\d{1,4})?)$/)
  .meta({ description: 'Percentage as text, e.g. "0.5".' });
/** ISO 4217 alphabetic code. */
export const Currency = z.string().regex(/^[A-Z]{3}$/);
/** UN/CEFACT Recommendation 20 unit code. */
export const UnitCode = z.string().regex(/^[A-Z0-9]{2,3}$/);
/** A title or another single line, a description or question, the reason of a decision. */
export const Title = z.string().max(bounds.titleMax);
export const Text = z.string().max(bounds.textMax);
export const Reason = z.string().max(bounds.reasonMax);
/** RFC 3339 UTC instant with up to six fraction digits, from 1970 to 2199. */
export const Instant = z
  .string()
  .regex(instantPattern)
  .meta({
    description: `UTC instant, RFC 3339, up to microseconds, from ${bounds.instantYearMin} to ${bounds.instantYearMax}.`,
  });
/** UTC microseconds since 1970; used inside the journal, never at the HTTP border. */
export const MicrosAt = z.int().nonnegative();
export const DurationMs = z.int().min(0).max(bounds.durationMsMax).meta({ description: "Milliseconds." });

export type Decimal = z.infer<typeof Decimal>;
export type Instant = z.infer<typeof Instant>;
