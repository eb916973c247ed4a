import type { JsonObject } from "@kontor/kernel";
import type {
  AuctionView,
  BookView,
  CandlesView,
  ImportRecord,
  LotView,
  OrdersView,
  OwnAccountView,
  OwnLotView,
  OwnTenderView,
  QuoteView,
  StatusView,
  TenderView,
  TradesView,
} from "@kontor/protocol";

/** What the streams of an instrument show, by channel. */
type ChannelViews = {
  readonly status: StatusView;
  readonly quote: QuoteView;
  readonly "book-10": BookView;
  readonly book: BookView;
  readonly "book-full": BookView;
  readonly "book-raw": BookView;
  readonly orders: OrdersView;
  readonly trades: TradesView;
  readonly candles: CandlesView;
  readonly auction: AuctionView;
  readonly account: JsonObject;
};
type Channel = keyof ChannelViews;

/**
 * `lot:<id>`, `tender:<id>`, `import:<id>` of the own company, a channel of an instrument such as `book:<id>`, or `me`:
 * the company's notices.
 */
export type Stream = `lot:${string}` | `tender:${string}` | `import:${string}` | `${Channel}:${string}` | "me";

export type ViewOf<Name extends Stream> = Name extends `lot:${string}`
  ? LotView
  : Name extends `tender:${string}`
    ? TenderView
    : Name extends `import:${string}`
      ? ImportRecord
      : Name extends `${infer Kind extends Channel}:${string}`
        ? ChannelViews[Kind]
        : JsonObject;

/** The private part; undefined for who takes no part. */
export type OwnOf<Name extends Stream> = Name extends `lot:${string}`
  ? OwnLotView | undefined
  : Name extends `tender:${string}`
    ? OwnTenderView | undefined
    : Name extends `account:${string}`
      ? OwnAccountView | undefined
      : JsonObject | undefined;
