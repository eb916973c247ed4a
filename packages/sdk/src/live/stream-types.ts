import type { JsonObject } from "@kontor/kernel";
import type { LotView, OwnLotView, OwnTenderView, TenderView } from "@kontor/protocol";

/** `lot:<id>`, `tender:<id>`, or `me`: the company's notices. */
export type Stream = `lot:${string}` | `tender:${string}` | "me";

export type ViewOf<Name extends Stream> = Name extends `lot:${string}`
  ? LotView
  : Name extends `tender:${string}`
    ? TenderView
    : JsonObject;

/** The private part; undefined for who takes no part. */
export type OwnOf<Name extends Stream> = Name extends `lot:${string}`
  ? OwnLotView | undefined
  : Name extends `tender:${string}`
    ? OwnTenderView | undefined
    : JsonObject | undefined;
