import { customType } from "drizzle-orm/pg-core";

/** Raw bytes. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });

/** Of a transaction; a number that is never given twice. */
export const transactionId = customType<{ data: string; driverData: string }>({ dataType: () => "xid8" });
