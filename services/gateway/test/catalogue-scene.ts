import { randomUUID } from "node:crypto";
import type { Connection } from "@kontor/db";

/** A marketplace's rows, made without any rule: what an index must make sense of. */
export class CatalogueScene {
  readonly marketplaceId = randomUUID();
  readonly vendors = ["vera", "vito"];
  readonly buyers = ["ada", "ben"];
  readonly offers: { id: string; productId: string; vendorId: string; list: string }[] = [];
  readonly lists: { id: string; vendorId: string | null }[] = [];
  readonly groups: string[] = [];
  readonly agreements: string[] = [];
  divisionId = "";
  readonly #sql: Connection["sql"];
  readonly #below: (count: number) => number;

  constructor(sql: Connection["sql"], below: (count: number) => number) {
    this.#sql = sql;
    this.#below = below;
  }

  #pick<Value>(values: readonly Value[]): Value {
    const value = values[this.#below(values.length)];
    if (value === undefined) throw new RangeError("nothing to choose from");
    return value;
  }

  async build(products: number): Promise<void> {
    const sql = this.#sql;
    const { marketplaceId } = this;
    await sql`insert into marketplaces (id, slug, name, currency) values (${marketplaceId}, ${marketplaceId}, 'Works', 'EUR')`;
    for (const companyId of [...this.vendors, ...this.buyers]) {
      await sql`insert into participations (marketplace_id, company_id, side, status, requested_by, decided_at)
        values (${marketplaceId}, ${companyId}, 'both', 'approved', 'x', now())`;
    }
    const [division] =
      await sql`insert into divisions (company_id, name) values ('ada', ${marketplaceId}) returning id`;
    this.divisionId = String(division?.["id"]);
    await sql`insert into class_schemes (marketplace_id, scheme, release, name) values (${marketplaceId}, 'own', '1', 'Own')`;
    for (const [code, parent] of [
      ["tools", null],
      ["hammers", "tools"],
      ["paper", null],
    ] as const) {
      await sql`insert into class_nodes (marketplace_id, scheme, code, parent, labels)
        values (${marketplaceId}, 'own', ${code}, ${parent}, ${JSON.stringify({ en: code })})`;
    }
    for (const vendor of [...this.vendors, null]) for (let n = 0; n < 3; n++) await this.addList(vendor);
    for (let n = 0; n < 2; n++) {
      const [group] =
        await sql`insert into customer_groups (marketplace_id, name) values (${marketplaceId}, ${`g${n}`}) returning id`;
      this.groups.push(String(group?.["id"]));
      await sql`insert into customer_group_members (group_id, company_id) values (${String(group?.["id"])}, ${this.#pick(this.buyers)})`;
    }
    for (const [vendor, division] of [
      ["vera", null],
      ["vito", this.divisionId],
    ] as const) {
      const [agreement] = await sql`
        insert into agreements (marketplace_id, vendor_id, buyer_id, division_id, currency, payment_term, status, created_by)
        values (${marketplaceId}, ${vendor}, 'ada', ${division}, 'EUR', ${JSON.stringify({ kind: "prepaid" })}, 'active', 'x') returning id`;
      this.agreements.push(String(agreement?.["id"]));
    }
    for (let n = 0; n < products; n++) await this.addProduct(n);
    for (let n = 0; n < 6; n++) await this.assign();
    for (let n = 0; n < 3; n++) await this.ruleQuantity();
  }

  async addList(vendorId: string | null): Promise<void> {
    const base = this.#pick([null, ...this.lists.filter((list) => list.vendorId === vendorId).map(({ id }) => id)]);
    const derived = this.#below(3) === 0;
    const bands = this.#pick([
      [{ scope: "all", minQuantity: "1", percent: "-7.5" }],
      [{ scope: "all", minQuantity: "3", percent: "-10" }],
      [
        { scope: "all", minQuantity: "1", percent: "5" },
        { scope: "class", scopeId: "own:tools", minQuantity: "1", percent: "-2" },
      ],
    ]);
    const [row] = await this.#sql`
      insert into price_lists (marketplace_id, vendor_id, name, currency, exclusive, stacking, is_derived, derived_from, bands, price_mode)
      values (${this.marketplaceId}, ${vendorId}, ${randomUUID()}, ${this.#pick(["EUR", "EUR", "EUR", "USD"])},
        ${this.#below(6) === 0}, ${this.#pick(["none", "promotions"])}, ${derived}, ${derived ? base : null},
        ${JSON.stringify(derived ? bands : [])}, ${this.#pick(["net", "net", "net", "gross"])}) returning id`;
    this.lists.push({ id: String(row?.["id"]), vendorId });
  }

  async addProduct(number: number): Promise<void> {
    const sql = this.#sql;
    const { marketplaceId } = this;
    const productId = randomUUID();
    await sql`insert into products (id, marketplace_id, status, created_by) values (${productId}, ${marketplaceId}, 'active', 'x')`;
    await sql`insert into product_texts (product_id, language, name) values (${productId}, 'en', ${`Thing ${number} ${this.#pick(["red", "blue"])}`})`;
    await sql`insert into product_classes (product_id, marketplace_id, scheme, code, is_primary)
      values (${productId}, ${marketplaceId}, 'own', ${this.#pick(["tools", "hammers", "paper"])}, true)`;
    const [variant] =
      await sql`insert into variants (product_id, marketplace_id, base_unit) values (${productId}, ${marketplaceId}, 'C62') returning id`;
    const variantId = String(variant?.["id"]);
    await sql`insert into variant_units (variant_id, unit, num, den) values (${variantId}, 'PK', 6, 1)`;
    for (const vendorId of this.vendors) {
      if (this.#below(4) === 0) continue;
      const id = randomUUID();
      const list = this.#pick(this.lists.filter((one) => one.vendorId === vendorId)).id;
      await sql`insert into offers (id, marketplace_id, vendor_id, variant_id, vendor_part_no, vendor_part_no_key, status, order_unit,
          min_quantity, multiple, base_list_id, created_by)
        values (${id}, ${marketplaceId}, ${vendorId}, ${variantId}, ${id}, ${`N${number}`},
          ${this.#pick(["active", "active", "active", "paused"])}, ${this.#pick(["C62", "PK"])},
          ${this.#pick([1_000_000, 2_000_000, 5_000_000])}, ${this.#pick([null, 2_000_000])}, ${list}, 'x')`;
      this.offers.push({ id, productId, vendorId, list });
      for (let n = this.#below(5); n > 0; n--) await this.setPrice(id);
    }
  }

  /** A rung of some list that may price the offer, perhaps of another time. */
  async setPrice(offerId: string): Promise<void> {
    const offer = this.offers.find(({ id }) => id === offerId);
    const lists = this.lists.filter(({ vendorId }) => vendorId === null || vendorId === offer?.vendorId);
    const list = this.#below(2) === 0 ? offer?.list : this.#pick(lists).id;
    const [from, until] = this.#pick([
      [0, null],
      [0, null],
      [-5, 5],
      [-9, -4],
      [3, null],
    ] as const);
    await this.#sql`
      insert into prices (list_id, offer_id, unit, price_base_quantity, min_quantity, price, valid_from, valid_until)
      values (${list ?? ""}, ${offerId}, ${this.#pick(["C62", "C62", "PK"])}, ${this.#pick([1_000_000, 100_000_000])},
        ${this.#pick([1_000_000, 1_000_000, 3_000_000])}, ${String(1_000_000 + this.#below(9_000) * 1_250)},
        ${from === 0 ? "1970-01-01T00:00:00Z" : new Date(Date.now() + from * 3_600_000).toISOString()},
        ${until === null ? null : new Date(Date.now() + until * 3_600_000).toISOString()}) on conflict do nothing`;
  }

  /** What an agreement says of quantities, of an offer or of all of the vendor. */
  async ruleQuantity(): Promise<void> {
    const sql = this.#sql;
    const agreementId = this.#pick(this.agreements);
    const offerId = this.#pick([null, this.#pick(this.offers).id, this.#pick(this.offers).id]);
    const amount = () => this.#pick([null, 1_000_000, 3_000_000, 12_000_000]);
    await sql`insert into quantity_rules (agreement_id, offer_id, min_quantity, multiple)
      values (${agreementId}, ${offerId}, ${amount()}, ${amount()})
      on conflict on constraint quantity_rules_once
      do update set min_quantity = excluded.min_quantity, multiple = excluded.multiple`;
    await sql`update agreements set version = version + 1 where id = ${agreementId}`;
  }

  /** Gives some list, or some assortment, to somebody. */
  async assign(): Promise<void> {
    const sql = this.#sql;
    const [target, targetId] = this.#pick([
      ["agreement", this.#pick(this.agreements)],
      ["customer_group", this.#pick(this.groups)],
      ["marketplace", this.marketplaceId],
    ] as const);
    if (this.#below(3) > 0) {
      await sql`insert into price_list_assignments (list_id, target, target_id, priority)
        values (${this.#pick(this.lists).id}, ${target}, ${targetId}, ${this.#below(2)}) on conflict do nothing`;
      return;
    }
    const [row] = await sql`insert into assortments (marketplace_id, vendor_id, target, target_id, name)
      values (${this.marketplaceId}, ${this.#pick([...this.vendors, null])}, ${target}, ${targetId}, ${randomUUID()}) returning id`;
    await sql`insert into assortment_items (assortment_id, mode, kind, item_id)
      values (${String(row?.["id"])}, ${this.#pick(["include", "exclude"])}, 'class', ${this.#pick(["own:tools", "own:paper"])})`;
  }

  /** One change of the kinds that happen all the time. */
  async change(): Promise<void> {
    const sql = this.#sql;
    const { id } = this.#pick(this.offers);
    const changes = [
      () => this.setPrice(id),
      () => sql`delete from prices where id in (select id from prices where offer_id = ${id} limit 1)`,
      () => sql`update prices set price = price + 12345 where offer_id = ${id}`,
      () => sql`update offers set status = ${this.#pick(["active", "paused"])} where id = ${id}`,
      () => sql`update price_lists set exclusive = not exclusive where id = ${this.#pick(this.lists).id}`,
      () => sql`update participations set status = ${this.#pick(["approved", "approved", "suspended"])}
        where company_id = ${this.#pick(this.vendors)} and marketplace_id = ${this.marketplaceId}`,
      () => this.assign(),
      () => this.ruleQuantity(),
      () => this.addProduct(1_000 + this.#below(1_000_000)),
    ];
    await this.#pick(changes)();
  }
}
