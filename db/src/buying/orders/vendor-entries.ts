import type { VendorEntryRecord } from "@kontor/protocol";
import { instantOf, present } from "../../repositories/record-members.ts";
import type { vendorEntries } from "../../schema/catalog-orders.ts";
import { moneyText } from "../number-texts.ts";

export function entryRecordOf(row: typeof vendorEntries.$inferSelect, exponent: number): VendorEntryRecord {
  const { id, vendorId, orderId, lineNo, kind, currency, gross, fee, vat, amount, reason, payoutId, at } = row;
  const text = (value: bigint): string => moneyText(value, exponent);
  return {
    ...{ entryId: id, vendorId, orderId, kind, currency },
    gross: text(gross),
    commission: text(fee),
    commissionVat: text(vat),
    amount: text(amount),
    at: instantOf(at),
    ...present({ lineNo, reason, payoutId }),
  };
}
