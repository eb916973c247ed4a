import { ebayProxy } from "./ebay-proxy.ts";
import { englishSoftClose } from "./english-soft-close.ts";
import { prozorroTenders } from "./prozorro-tenders.ts";
import type { RecordSet } from "./recorded-auction.ts";

export const recordSets: readonly RecordSet[] = [ebayProxy, englishSoftClose, prozorroTenders];
