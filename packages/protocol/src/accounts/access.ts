import type { CommandType } from "../person-commands.ts";
import type { StaffRole } from "./accounts.ts";

/** Roles that a company gives its members. `owner` and `admin` may do whatever another role of the company may. */
export const companyRoles = ["owner", "admin", "buyer", "approver", "seller", "finance"] as const;
export type CompanyRole = (typeof companyRoles)[number];

/** What a request counts against; each class has a budget of its own per actor. */
export const rateClasses = ["read", "write", "trade", "sign_in", "account", "open"] as const;
export type RateClass = (typeof rateClasses)[number];

/**
 * How the tenant is found, and with it what "foreign" means.
 *
 * `none`         belongs to nobody
 * `self`         the signed-in user
 * `company`      the company the user acts for
 * `marketplace`  named in the path: an approved participation or a staff role is needed, else 404
 * `tender` `lot` `instrument` its marketplace, then as above
 */
export type TenantRule = "none" | "self" | "company" | "marketplace" | "tender" | "lot" | "instrument";

/** `trader` is the buyer on the buying side of a tender or order and the seller on the selling side. */
export type RoleNeeded = CompanyRole | "trader";

/**
 * Who may do one thing. Nobody who is not named may.
 *
 * `everyone`   anonymous: no sign-in; signed_in: any user
 * `company`    members of the acting company with one of these roles
 * `side`       which side of the tender that company is on; decides who the trader is. Who sends an order is its owner
 * `staff`      people of the marketplace
 * `installationAdmin` the people who set up marketplaces
 */
export type Permission = {
  readonly resource: string;
  readonly tenant: TenantRule;
  readonly rateClass: RateClass;
  readonly everyone?: "anonymous" | "signed_in";
  readonly company?: readonly RoleNeeded[];
  readonly side?: "owner" | "counterparty" | "either";
  readonly staff?: readonly StaffRole[];
  readonly installationAdmin?: true;
};

const owner = (resource: "tender" | "lot", company: readonly RoleNeeded[], staff: readonly StaffRole[] = []) =>
  ({ resource, tenant: resource, rateClass: "trade", side: "owner", company, staff }) as const satisfies Permission;
const supplier = (resource: "tender" | "lot", company: readonly RoleNeeded[] = ["trader"]) =>
  ({ resource, tenant: resource, rateClass: "trade", side: "counterparty", company }) as const satisfies Permission;
const operator = ["operator"] as const;
const market = { resource: "instrument", tenant: "instrument", rateClass: "trade", staff: operator } as const;
const ownOrder = {
  resource: "order",
  tenant: "instrument",
  rateClass: "trade",
  company: ["buyer", "seller"],
} as const satisfies Permission;

/** Permission of each command, over HTTP and live alike. */
export const commandPermissions: Readonly<Record<CommandType, Permission>> = {
  create_tender: {
    resource: "tender",
    tenant: "marketplace",
    rateClass: "trade",
    side: "owner",
    company: ["trader"],
  },
  revise_tender: owner("tender", ["trader"]),
  publish_tender: owner("tender", ["trader"]),
  amend_tender: owner("tender", ["trader"]),
  cancel_tender: owner("tender", ["trader"], operator),
  invite_supplier: owner("tender", ["trader"]),
  request_admission: supplier("tender"),
  admit_supplier: owner("tender", ["trader"]),
  refuse_supplier: owner("tender", ["trader"]),
  exclude_supplier: owner("tender", ["trader"], operator),
  ask_question: supplier("tender"),
  answer_question: owner("tender", ["trader"]),
  submit_initial_price: supplier("lot"),
  withdraw_initial_price: supplier("lot"),
  evaluate_price: owner("lot", ["trader"]),
  disqualify_price: owner("lot", ["trader"]),
  propose_award: owner("lot", ["trader", "approver"]),
  submit_bid: supplier("lot"),
  set_proxy: supplier("lot"),
  buy_now: supplier("lot"),
  pause_lot: owner("lot", ["trader"], operator),
  resume_lot: owner("lot", ["trader"], operator),
  extend_lot: owner("lot", ["trader"], operator),
  void_bid: owner("lot", ["trader"], operator),
  cancel_lot: owner("lot", ["trader"], operator),
  abort_lot: owner("lot", ["trader"], operator),
  replan_lot: owner("lot", ["trader"], operator),
  accept_below_reserve: owner("lot", ["trader", "approver"]),
  accept_award: owner("lot", ["approver", "finance"]),
  reject_award: owner("lot", ["approver", "finance"]),
  refuse_award: supplier("lot", ["trader", "approver"]),
  cancel_award: owner("lot", ["approver", "finance"]),
  sign_contract: {
    resource: "lot",
    tenant: "lot",
    rateClass: "trade",
    side: "either",
    company: ["approver", "finance"],
  },
  draft_instrument: { resource: "instrument", tenant: "marketplace", rateClass: "trade", staff: operator },
  revise_instrument: market,
  list_instrument: market,
  delist_instrument: market,
  set_timetable: market,
  set_phase: market,
  uncross_auction: market,
  set_bands: market,
  set_reference: market,
  block_trader: market,
  unblock_trader: market,
  bust_trade: market,
  correct_trade: market,
  submit_order: { ...ownOrder, company: ["trader"], side: "owner" },
  amend_order: ownOrder,
  replace_order: ownOrder,
  cancel_order: ownOrder,
  cancel_orders: ownOrder,
};

const anyRole = companyRoles;
const allStaff = ["operator", "auditor"] as const;
const admins = ["admin"] as const;
const readers = { rateClass: "read", company: anyRole, staff: allStaff } as const;
const inMarketplace = (resource: string) => ({ ...readers, resource, tenant: "marketplace" }) as const;
const inTender = (resource: string) => ({ ...readers, resource, tenant: "tender" }) as const;
const inLot = (resource: string) => ({ ...readers, resource, tenant: "lot" }) as const;
const inInstrument = (resource: string) => ({ ...readers, resource, tenant: "instrument" }) as const;

const inBooks = (resource: string, who: Pick<Permission, "company" | "staff">) =>
  ({ ...who, resource, tenant: "marketplace", rateClass: "write" }) as const;

/** In the catalogue of a marketplace. */
const inCatalogue = (resource: string, who: Pick<Permission, "company" | "staff">) =>
  ({ ...who, resource, tenant: "marketplace", rateClass: "write" }) as const;

/** Who keeps prices: a vendor's sellers his own, operators the marketplace's. */
const priceKeepers = { company: ["seller"], staff: operator } as const;

const inBuying = (resource: string, who: Pick<Permission, "company" | "staff">) =>
  ({ ...who, resource, tenant: "marketplace", rateClass: "write" }) as const;

/** What a company keeps to itself. */
const ofBuyer = (resource: string) =>
  ({ resource, tenant: "marketplace", rateClass: "read", company: anyRole }) as const;

const ofInstrument = (resource: string) => ({ resource, tenant: "instrument", rateClass: "write" }) as const;

/** Permissions of everything that is no trading command, by action. */
export const permissions = {
  read_health: { resource: "installation", tenant: "none", rateClass: "open", everyone: "anonymous" },
  read_metrics: { resource: "installation", tenant: "none", rateClass: "open", everyone: "anonymous" },
  read_app: { resource: "installation", tenant: "none", rateClass: "open", everyone: "anonymous" },
  read_reference: { resource: "installation", tenant: "none", rateClass: "open", everyone: "anonymous" },
  list_shards: { resource: "shard", tenant: "none", rateClass: "read", installationAdmin: true },
  recover_shard: { resource: "shard", tenant: "none", rateClass: "write", installationAdmin: true },
  open_live: { resource: "stream", tenant: "self", rateClass: "open", everyone: "signed_in" },
  list_procedure_presets: {
    resource: "procedure_preset",
    tenant: "none",
    rateClass: "read",
    everyone: "anonymous",
  },
  read_clock: { resource: "stream", tenant: "none", rateClass: "read", everyone: "signed_in" },
  watch_own_stream: { resource: "stream", tenant: "company", rateClass: "read", company: anyRole },

  read_own_permissions: { resource: "user", tenant: "self", rateClass: "read", everyone: "signed_in" },
  read_self: { resource: "user", tenant: "self", rateClass: "read", everyone: "signed_in" },
  list_notices: { resource: "notice", tenant: "company", rateClass: "read", company: anyRole },
  mark_notice_read: { resource: "notice", tenant: "company", rateClass: "write", company: anyRole },

  list_api_keys: { resource: "api_key", tenant: "company", rateClass: "account", company: admins },
  create_api_key: { resource: "api_key", tenant: "company", rateClass: "account", company: admins },
  revoke_api_key: { resource: "api_key", tenant: "company", rateClass: "account", company: admins },

  read_company: { resource: "company", tenant: "company", rateClass: "read", company: anyRole },
  write_company: { resource: "company", tenant: "company", rateClass: "write", company: admins },
  read_member_company: { resource: "company", tenant: "marketplace", rateClass: "read", staff: allStaff },

  list_marketplaces: { resource: "marketplace", tenant: "self", rateClass: "read", everyone: "signed_in" },
  create_marketplace: { resource: "marketplace", tenant: "none", rateClass: "write", installationAdmin: true },
  read_marketplace: {
    resource: "marketplace",
    tenant: "marketplace",
    rateClass: "read",
    company: anyRole,
    staff: allStaff,
  },
  change_marketplace: { resource: "marketplace", tenant: "marketplace", rateClass: "write", staff: operator },
  list_directory: {
    resource: "company",
    tenant: "marketplace",
    rateClass: "read",
    company: anyRole,
    staff: allStaff,
  },
  list_own_participations: { resource: "participation", tenant: "company", rateClass: "read", company: anyRole },
  request_participation: { resource: "participation", tenant: "company", rateClass: "write", company: admins },
  list_participations: { resource: "participation", tenant: "marketplace", rateClass: "read", staff: allStaff },
  decide_participation: { resource: "participation", tenant: "marketplace", rateClass: "write", staff: operator },
  list_staff: { resource: "staff", tenant: "marketplace", rateClass: "read", staff: allStaff, installationAdmin: true },
  appoint_staff: {
    resource: "staff",
    tenant: "marketplace",
    rateClass: "write",
    staff: operator,
    installationAdmin: true,
  },
  dismiss_staff: {
    resource: "staff",
    tenant: "marketplace",
    rateClass: "write",
    staff: operator,
    installationAdmin: true,
  },

  list_tenders: inMarketplace("tender"),
  list_lots: inMarketplace("lot"),
  list_own_bids: inMarketplace("bid"),
  list_awards: inMarketplace("award"),
  list_contracts: inMarketplace("contract"),
  read_tender: inTender("tender"),
  list_suppliers: inTender("supplier"),
  list_questions: inTender("question"),
  list_tender_lots: inTender("lot"),
  read_lot: inLot("lot"),
  read_bid: inLot("bid"),
  read_award: inLot("award"),
  read_contract: inLot("contract"),
  list_lot_bids: inLot("bid"),
  list_initial_prices: inLot("initial_price"),
  list_lot_awards: inLot("award"),
  list_lot_contracts: inLot("contract"),

  switch_market: { resource: "instrument", tenant: "marketplace", rateClass: "write", staff: operator },
  read_instrument: inInstrument("instrument"),
  watch_market: inInstrument("stream"),
  watch_own_account: inInstrument("stream"),
  explain_order: inInstrument("order"),
  read_order: inInstrument("order"),
  list_instruments: inMarketplace("instrument"),
  list_own_orders: inMarketplace("order"),
  list_own_fills: inMarketplace("fill"),
  list_trades: inInstrument("trade"),
  list_candles: inInstrument("candle"),
  list_statistics: inInstrument("statistic"),

  register_asset: inBooks("asset", { staff: operator }),
  list_assets: inMarketplace("asset"),
  list_accounts: inMarketplace("account"),
  read_account: inMarketplace("account"),
  set_credit_limit: inBooks("account", { staff: operator }),
  list_asset_requests: inMarketplace("asset_request"),
  request_assets: inBooks("asset_request", { company: ["finance"] }),
  decide_asset_request: inBooks("asset_request", { staff: operator }),
  list_allocations: inInstrument("allocation"),
  allocate_assets: { ...ofInstrument("allocation"), company: ["finance", "buyer", "seller"] },
  read_sweep: { resource: "sweep", tenant: "instrument", rateClass: "read", company: anyRole },
  instruct_sweep: { ...ofInstrument("sweep"), company: ["finance"] },
  list_settlements: { resource: "settlement", tenant: "marketplace", rateClass: "read", staff: allStaff },
  list_obligations: inMarketplace("obligation"),
  read_statement: inMarketplace("statement"),
  settle_trades: { ...ofInstrument("settlement"), staff: operator },
  dispute_obligation: { ...ofInstrument("obligation"), company: ["finance"] },
  decide_obligation: { ...ofInstrument("obligation"), staff: operator },

  read_classification: inMarketplace("class"),
  write_classification: inCatalogue("class", { staff: operator }),
  search_catalogue: inMarketplace("product"),
  read_search_settings: inMarketplace("search_settings"),
  write_search_settings: inCatalogue("search_settings", { staff: operator }),
  read_tax_rates: inMarketplace("tax_rate"),
  write_tax_rates: inCatalogue("tax_rate", { staff: operator }),
  search_suppliers: inMarketplace("supplier_profile"),
  read_supplier_profile: inMarketplace("supplier_profile"),
  write_supplier_profile: inCatalogue("supplier_profile", { company: ["seller"] }),
  verify_certificate: inCatalogue("certificate", { staff: operator }),
  read_products: inMarketplace("product"),
  write_products: inCatalogue("product", { company: ["seller"], staff: operator }),
  list_part_numbers: { resource: "part_number", tenant: "marketplace", rateClass: "read", company: anyRole },
  write_part_numbers: inCatalogue("part_number", { company: ["buyer"] }),
  read_offers: inMarketplace("offer"),
  write_offers: inCatalogue("offer", { company: ["seller"] }),
  read_imports: {
    resource: "import",
    tenant: "marketplace",
    rateClass: "read",
    company: ["seller"],
    staff: allStaff,
  },
  write_imports: inCatalogue("import", { company: ["seller"] }),
  export_catalogue: { resource: "offer", tenant: "marketplace", rateClass: "write", company: ["seller"] },
  watch_import: { resource: "stream", tenant: "company", rateClass: "read", company: ["seller"] },
  review_offers: inCatalogue("offer", { staff: operator }),
  read_offer_review: {
    resource: "offer_review",
    tenant: "marketplace",
    rateClass: "read",
    company: ["seller"],
    staff: allStaff,
  },
  write_offer_review: inCatalogue("offer_review", { staff: operator }),
  read_catalog_record: inMarketplace("catalog_record"),
  read_stock: inMarketplace("stock"),
  write_stock: inCatalogue("stock", { company: ["seller"] }),
  read_divisions: { resource: "division", tenant: "company", rateClass: "read", company: anyRole },
  write_divisions: { resource: "division", tenant: "company", rateClass: "write", company: admins },
  read_prices: inMarketplace("price"),
  read_price_lists: {
    resource: "price_list",
    tenant: "marketplace",
    rateClass: "read",
    company: ["seller"],
    staff: allStaff,
  },
  write_price_lists: inCatalogue("price_list", priceKeepers),
  set_base_list: inCatalogue("offer", { company: ["seller"] }),
  read_agreements: inMarketplace("agreement"),
  read_order_minimums: { resource: "order_minimum", tenant: "marketplace", rateClass: "read", company: ["seller"] },
  write_order_minimums: inCatalogue("order_minimum", { company: ["seller"] }),
  draft_agreement: inCatalogue("agreement", { company: ["seller"] }),
  decide_agreement: inCatalogue("agreement", { company: ["approver", "finance"] }),
  end_agreement: inCatalogue("agreement", { company: ["seller", "approver", "finance"] }),
  number_agreement: inCatalogue("agreement", { company: ["seller", "buyer", "approver", "finance"] }),
  list_match_findings: { resource: "match_finding", tenant: "marketplace", rateClass: "read", staff: allStaff },
  decide_match_finding: inCatalogue("match_finding", { staff: operator }),

  read_buying_terms: inMarketplace("buying_terms"),
  write_buying_terms: inBuying("buying_terms", { staff: operator }),
  list_exchange_rates: inMarketplace("exchange_rate"),
  set_exchange_rate: inBuying("exchange_rate", { staff: operator }),
  read_freight_terms: inMarketplace("freight_terms"),
  write_freight_terms: inBuying("freight_terms", { company: ["seller"] }),
  list_cost_centers: ofBuyer("cost_center"),
  write_cost_centers: inBuying("cost_center", { company: ["finance"] }),
  list_budgets: ofBuyer("budget"),
  write_budgets: inBuying("budget", { company: ["finance"] }),
  list_approval_rules: ofBuyer("approval_rule"),
  write_approval_rules: inBuying("approval_rule", { company: ["admin"] }),
  list_delegations: ofBuyer("delegation"),
  delegate_approvals: inBuying("delegation", { company: anyRole }),
  read_cart: ofBuyer("cart"),
  change_cart: inBuying("cart", { company: ["buyer"] }),
  check_out: { ...inBuying("purchase_order", { company: ["buyer"] }) },
  list_requisition_lists: ofBuyer("requisition_list"),
  read_standing_orders: ofBuyer("standing_order"),
  write_standing_orders: inBuying("standing_order", { company: ["buyer"] }),
  write_requisition_lists: inBuying("requisition_list", { company: ["buyer"] }),
  list_purchase_orders: inMarketplace("purchase_order"),
  read_purchase_order: inMarketplace("purchase_order"),
  decide_purchase_order: inBuying("purchase_order", { company: anyRole }),
  cancel_purchase_order: inBuying("purchase_order", { company: ["buyer", "approver"] }),
  answer_purchase_order: inBuying("purchase_order", { company: ["seller"] }),
  answer_proposals: inBuying("purchase_order", { company: ["buyer"] }),
  ship_purchase_order: inBuying("shipment", { company: ["seller"] }),
  receive_shipment: inBuying("shipment", { company: ["buyer"] }),
  ask_reduction: inBuying("order_reduction", { company: ["buyer"] }),
  withdraw_reduction: inBuying("order_reduction", { company: ["buyer"] }),
  answer_reduction: inBuying("order_reduction", { company: ["seller"] }),
  cancel_undeliverable: inBuying("order_reduction", { company: ["seller"] }),
  read_quote_requests: inMarketplace("quote_request"),
  write_quote_requests: inBuying("quote_request", { company: ["buyer"] }),
  decline_quote_request: inBuying("quote_request", { company: ["seller"] }),
  read_quotes: inMarketplace("quote"),
  send_quote: inBuying("quote", { company: ["seller"] }),
  compare_quotes: ofBuyer("quote"),
  weigh_quote: inBuying("quote", { company: ["buyer"] }),
  order_quote: inBuying("quote", { company: ["buyer"] }),
  agree_quote: inBuying("quote", { company: ["approver", "finance"] }),
  read_estimates: ofBuyer("estimate"),
  write_estimates: inBuying("estimate", { company: ["buyer"] }),
  capture_payment: inBuying("payment", { staff: operator }),
  refund_order: inBuying("refund", { staff: operator }),
  list_vendor_entries: inMarketplace("vendor_entry"),
  list_payouts: inMarketplace("payout"),
  pay_out: inBuying("payout", { staff: operator }),
} as const satisfies Readonly<Record<string, Permission>>;

export type Action = keyof typeof permissions | CommandType;
