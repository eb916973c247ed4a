import { problemOf } from "@kontor/protocol";
import type { AgreementApi, DivisionApi } from "./api/agreement-api.ts";
import { createAgreementApi, createDivisionApi } from "./api/agreement-api.ts";
import type { ApiKeyApi } from "./api/api-key-api.ts";
import { createApiKeyApi } from "./api/api-key-api.ts";
import type { AuthApi } from "./api/auth-api.ts";
import { authPath, createAuthApi } from "./api/auth-api.ts";
import type { BuyingApi } from "./api/buying-api.ts";
import { createBuyingApi } from "./api/buying-api.ts";
import type { ClassApi } from "./api/class-api.ts";
import { createClassApi } from "./api/class-api.ts";
import type { CompanyApi } from "./api/company-api.ts";
import { createCompanyApi } from "./api/company-api.ts";
import type { ExportApi } from "./api/export-api.ts";
import { createExportApi } from "./api/export-api.ts";
import type { ImportApi } from "./api/import-api.ts";
import { createImportApi } from "./api/import-api.ts";
import type { InstrumentApi } from "./api/instrument-api.ts";
import { createInstrumentApi } from "./api/instrument-api.ts";
import type { LedgerApi } from "./api/ledger-api.ts";
import { createLedgerApi } from "./api/ledger-api.ts";
import type { LotApi, RecordApi } from "./api/lot-api.ts";
import { createLotApi, createRecordApi } from "./api/lot-api.ts";
import type { MarketplaceApi } from "./api/marketplace-api.ts";
import { createMarketplaceApi } from "./api/marketplace-api.ts";
import type { MeApi } from "./api/me-api.ts";
import { createMeApi } from "./api/me-api.ts";
import type { NoticeApi } from "./api/notice-api.ts";
import { createNoticeApi } from "./api/notice-api.ts";
import type { OfferApi } from "./api/offer-api.ts";
import { createOfferApi } from "./api/offer-api.ts";
import type { ParticipationApi } from "./api/participation-api.ts";
import { createParticipationApi } from "./api/participation-api.ts";
import type { PriceApi } from "./api/price-api.ts";
import { createPriceApi } from "./api/price-api.ts";
import type { ProductApi } from "./api/product-api.ts";
import { createProductApi } from "./api/product-api.ts";
import type { EstimateApi, QuoteApi } from "./api/quote-api.ts";
import { createEstimateApi, createQuoteApi } from "./api/quote-api.ts";
import type { SearchApi } from "./api/search-api.ts";
import { createSearchApi } from "./api/search-api.ts";
import type { StandingOrderApi } from "./api/standing-order-api.ts";
import { createStandingOrderApi } from "./api/standing-order-api.ts";
import type { SupplierApi } from "./api/supplier-api.ts";
import { createSupplierApi } from "./api/supplier-api.ts";
import type { TaxApi } from "./api/tax-api.ts";
import { createTaxApi } from "./api/tax-api.ts";
import type { TenderApi } from "./api/tender-api.ts";
import { createTenderApi } from "./api/tender-api.ts";
import type { RetryPolicy } from "./backoff.ts";
import { defaultRetry } from "./backoff.ts";
import type { ClientClock } from "./clock.ts";
import { systemClock } from "./clock.ts";
import type { CommandMethods, SendCommand } from "./commander.ts";
import { commandMethods, commandOverHttp } from "./commander.ts";
import { attemptOf, isUndecided } from "./http/problem-answers.ts";
import { Requester } from "./http/requester.ts";
import type { Fetch } from "./http/transport.ts";
import { Transport } from "./http/transport.ts";
import { LiveClient } from "./live/live-client.ts";
import type { SocketConstructor } from "./live/socket.ts";
import { Patience } from "./patience.ts";
import type { Result } from "./result.ts";

/** Password credentials are used when the first request needs them, and again when the session has ended. */
export type Credentials = { readonly email: string; readonly password: string } | { readonly apiKey: string };

export type KontorOptions = {
  /** e.g. `http://127.0.0.1:3000`. */
  readonly baseUrl: string;
  /** Left out: whoever the browser's cookies say, or nobody until `auth.signIn`. */
  readonly credentials?: Credentials;
  /** The company to act for, or `none` to act as staff; else the session's, or the only one that fits. */
  readonly company?: string;
  readonly fetch?: Fetch;
  readonly WebSocket?: SocketConstructor;
  readonly clock?: ClientClock;
  /** Spreads retries and reconnects. */
  readonly random?: () => number;
  /** How long requests and commands without a decision are sent again, over the socket too; 1 attempt: never. */
  readonly retry?: Partial<RetryPolicy>;
  /** Aborted, no request and no command is sent any more; live connections are closed by `close` alone. */
  readonly signal?: AbortSignal;
};

/** One caller's client of one installation. */
export type Kontor = {
  /** One method per command: `commands.submitBid({ lotId, price })`. */
  readonly commands: CommandMethods;
  readonly command: SendCommand;
  readonly auth: AuthApi;
  readonly classes: ClassApi;
  readonly buying: BuyingApi;
  readonly companies: CompanyApi;
  readonly apiKeys: ApiKeyApi;
  readonly instruments: InstrumentApi;
  readonly ledger: LedgerApi;
  readonly lots: LotApi;
  readonly records: RecordApi;
  readonly marketplaces: MarketplaceApi;
  readonly me: MeApi;
  readonly notices: NoticeApi;
  readonly offers: OfferApi;
  readonly participations: ParticipationApi;
  readonly products: ProductApi;
  readonly exports: ExportApi;
  readonly imports: ImportApi;
  readonly quotes: QuoteApi;
  readonly estimates: EstimateApi;
  readonly standingOrders: StandingOrderApi;
  readonly tenders: TenderApi;
  readonly agreements: AgreementApi;
  readonly divisions: DivisionApi;
  readonly prices: PriceApi;
  readonly search: SearchApi;
  readonly suppliers: SupplierApi;
  readonly taxes: TaxApi;
  /** Opens a live connection, which stays until it is closed. */
  readonly live: () => LiveClient;
};

type Identity = Result<Readonly<Record<string, string>>>;

const attemptTimeoutMs = 10_000;
/** Five heartbeats. */
const silenceMaxMs = 5_000;
const reconnect = { firstDelayMs: 100, delayMaxMs: 10_000 };

export function createKontor(options: KontorOptions): Kontor {
  const clock = options.clock ?? systemClock;
  const random = options.random ?? Math.random;
  const { credentials } = options;
  const apiKey = credentials !== undefined && "apiKey" in credentials ? credentials.apiKey : undefined;
  const fetch: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  const transport = new Transport({
    baseUrl: options.baseUrl,
    fetch,
    clock,
    apiKey,
    attemptTimeoutMs,
    company: options.company,
  });
  const signIn = signInOf(transport, credentials);
  const policy = { ...defaultRetry, ...options.retry };
  const patience = (signal?: AbortSignal): Patience =>
    new Patience({ clock, random, policy, signals: [options.signal, signal] });
  const requester = new Requester({ transport, patience, signIn });
  const command: SendCommand = (one, how = {}) =>
    commandOverHttp(requester, one, { ...how, patience: patience(how.signal) });
  return {
    command,
    commands: commandMethods(command),
    auth: createAuthApi(requester),
    classes: createClassApi(requester),
    buying: createBuyingApi(requester),
    companies: createCompanyApi(requester),
    apiKeys: createApiKeyApi(requester),
    instruments: createInstrumentApi(requester),
    ledger: createLedgerApi(requester),
    lots: createLotApi(requester),
    records: createRecordApi(requester),
    marketplaces: createMarketplaceApi(requester),
    me: createMeApi(requester),
    notices: createNoticeApi(requester),
    offers: createOfferApi(requester),
    participations: createParticipationApi(requester),
    products: createProductApi(requester),
    exports: createExportApi(requester),
    imports: createImportApi(requester),
    quotes: createQuoteApi(requester),
    estimates: createEstimateApi(requester),
    standingOrders: createStandingOrderApi(requester),
    tenders: createTenderApi(requester),
    agreements: createAgreementApi(requester),
    divisions: createDivisionApi(requester),
    prices: createPriceApi(requester),
    search: createSearchApi(requester),
    suppliers: createSupplierApi(requester),
    taxes: createTaxApi(requester),
    live: () =>
      new LiveClient({
        url: liveUrl(options),
        Socket: options.WebSocket ?? (globalThis.WebSocket as unknown as SocketConstructor),
        clock,
        random,
        retry: reconnect,
        silenceMaxMs,
        overHttp: (one, how) => commandOverHttp(requester, one, how),
        patience,
        identify: (failed) => identify(failed, requester, transport),
      }),
  };
}

/**
 * What the next handshake shows. A browser does not tell why a handshake failed, so after two failures the server is
 * asked who we are: that signs in anew where it can, and ends the connection where nobody knows us any more.
 */
async function identify(failed: number, requester: Requester, transport: Transport): Promise<Identity> {
  if (failed >= 2) {
    const me = await requester.ask({ method: "GET", path: "/v1/me" }, { repeatable: false });
    if (!me.ok && !isUndecided(me.problem)) return me;
  }
  const session = await requester.signedIn();
  return session.ok ? { ok: true, value: transport.identity() } : session;
}

/** How a session is had with password credentials; undefined without them. */
function signInOf(transport: Transport, credentials: Credentials | undefined) {
  if (credentials === undefined || !("email" in credentials)) return undefined;
  const { email, password } = credentials;
  return async (): Promise<Result<unknown>> => {
    const request = { method: "POST", path: `${authPath}/sign-in/email`, body: { email, password } } as const;
    const result = attemptOf(await transport.send(request));
    if (result.kind === "done") return { ok: true, value: result.body };
    const problem = result.problem ?? problemOf("unavailable", { detail: "No answer from the server." });
    return { ok: false, problem };
  };
}

/** A browser cannot set headers of a handshake, so the address names the company. */
function liveUrl({ baseUrl, company }: KontorOptions): string {
  const url = new URL("/v1/live", baseUrl);
  if (company !== undefined) url.searchParams.set("company", company);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
