import type { ClassNode, ProductDocument } from "./documents.ts";
import { ClassTrees } from "./facets/class-trees.ts";
import { FacetValues } from "./facets/facet-values.ts";
import { NumberValues } from "./facets/number-values.ts";
import { bytesOf, Column } from "./memory/columns.ts";
import { NumberLists } from "./memory/lists.ts";
import { StringPool } from "./memory/string-pool.ts";
import { ATTRIBUTE, BRAND, DESCRIPTION, PART_NUMBER, TITLE } from "./text/fields.ts";
import { fold } from "./text/folding.ts";
import { Identifiers, identifierKeys } from "./text/identifiers.ts";
import type { FieldText } from "./text/text-index.ts";
import { TextIndex } from "./text/text-index.ts";

const NO_NAME = 0;

/** Products by the number of their id: their words, facet values and names to sort by. */
export class Products {
  readonly ids = new StringPool();
  readonly values = new FacetValues();
  /** All facet values of a product, with the class nodes above its own. */
  readonly valueLists = new NumberLists();
  readonly numbers = new NumberValues();
  readonly text = new TextIndex();
  readonly identifiers = new Identifiers();
  readonly createdAt = new Column(new Float64Array(64));
  private readonly trees: ClassTrees;
  private readonly live = new Column(new Uint8Array(64));
  private readonly names = new StringPool();
  private readonly nameColumns = new Map<string, Column<Uint32Array>>();
  private readonly anyName = new Column(new Uint32Array(64));

  constructor(nodes: readonly ClassNode[]) {
    this.trees = new ClassTrees(this.values, nodes);
  }

  /** Numbers given so far. */
  get count(): number {
    return this.ids.size;
  }

  get bytes(): number {
    const { ids, values, valueLists, numbers, text, identifiers, names } = this;
    const columns = bytesOf([this.createdAt, this.live, this.anyName, ...this.nameColumns.values()]);
    const parts = bytesOf([values, valueLists, numbers, text, identifiers]);
    return ids.byteLength + names.byteLength + columns + parts;
  }

  /** 1 by number of a product that is there. */
  get liveTable(): Uint8Array {
    return this.live.values;
  }

  numberOf(id: string): number {
    const product = this.ids.intern(id);
    this.live.reach(product + 1);
    this.createdAt.reach(product + 1);
    this.anyName.reach(product + 1);
    return product;
  }

  write(document: ProductDocument): number {
    const product = this.numberOf(document.id);
    const classes = this.trees.withAbove(document.classes);
    const values = [...classes];
    if (document.brand !== null) values.push(this.values.intern("brand", document.brand));
    for (const attribute of document.attributes) {
      if ("value" in attribute) values.push(this.values.intern(`attribute:${attribute.attribute}`, attribute.value));
    }
    this.valueLists.set(product, [...new Set(values)]);
    this.numbers.write(
      product,
      document.attributes.flatMap((attribute) =>
        "number" in attribute ? [{ facet: `attribute:${attribute.attribute}`, number: attribute.number }] : [],
      ),
    );
    this.text.write(product, [...fieldTexts(document), ...this.trees.texts(classes)]);
    this.identifiers.write(product, document.partNumbers.flatMap(identifierKeys));
    this.writeNames(product, document);
    this.createdAt.values[product] = document.createdAt;
    this.live.values[product] = 1;
    return product;
  }

  /** -1 when there was no such product. */
  remove(id: string): number {
    const product = this.ids.find(id);
    if (product === -1) return -1;
    this.live.values[product] = 0;
    this.text.remove(product);
    this.identifiers.remove(product);
    this.valueLists.set(product, []);
    this.numbers.write(product, []);
    return product;
  }

  /** The folded title in a language, else in the first that the product has; "" without any. */
  nameOf(product: number, language: string): string {
    const name = this.nameId(product, language);
    return name === NO_NAME ? "" : this.names.text(name - 1);
  }

  compareNames(left: number, right: number, language: string): number {
    const name = this.nameId(left, language);
    const other = this.nameId(right, language);
    if (name === other) return 0;
    if (name === NO_NAME || other === NO_NAME) return name === NO_NAME ? -1 : 1;
    return this.names.compare(name - 1, other - 1);
  }

  private nameId(product: number, language: string): number {
    const own = this.nameColumns.get(language)?.values[product] ?? NO_NAME;
    return own === NO_NAME ? (this.anyName.values[product] as number) : own;
  }

  private writeNames(product: number, { texts }: ProductDocument): void {
    for (const column of this.nameColumns.values()) if (product < column.length) column.values[product] = NO_NAME;
    this.anyName.values[product] = NO_NAME;
    for (const { language, title } of texts) {
      let column = this.nameColumns.get(language);
      if (column === undefined) {
        column = new Column(new Uint32Array(64));
        this.nameColumns.set(language, column);
      }
      column.reach(product + 1);
      const name = this.names.intern(fold(title)) + 1;
      column.values[product] = name;
      if (this.anyName.values[product] === NO_NAME) this.anyName.values[product] = name;
    }
  }
}

function fieldTexts({ texts, brand, partNumbers, attributes }: ProductDocument): FieldText[] {
  const fields: FieldText[] = [];
  for (const { language, title, description } of texts) {
    fields.push({ field: TITLE, language, text: title }, { field: DESCRIPTION, language, text: description });
  }
  if (brand !== null) fields.push({ field: BRAND, language: "", text: brand });
  for (const number of partNumbers) fields.push({ field: PART_NUMBER, language: "", text: number });
  for (const attribute of attributes) {
    if ("value" in attribute) fields.push({ field: ATTRIBUTE, language: attribute.language, text: attribute.value });
    else fields.push({ field: ATTRIBUTE, language: "", text: `${attribute.number} ${attribute.unit}` });
  }
  return fields;
}
