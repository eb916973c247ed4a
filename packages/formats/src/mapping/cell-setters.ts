import { limits } from "@kontor/kernel";
import type { AmountRule } from "../cells/amount.ts";
import { readAmount, readWhole } from "../cells/amount.ts";
import type { CellReading } from "../cells/cell.ts";
import { read, wrong } from "../cells/cell.ts";
import type { DateFormat } from "../cells/date-text.ts";
import { readDate } from "../cells/date-text.ts";
import { readGtin } from "../cells/gtin-cell.ts";
import type { UnitReader } from "../cells/unit-cell.ts";
import { readAddresses, readCondition, readCurrency, readDeliveryTerm, readRatio } from "../cells/word-cells.ts";
import type { CellFault } from "../rows/row-problem.ts";
import type { DecimalMark } from "../table/table.ts";
import type { FieldTarget, PlainField } from "./mapping.ts";
import type { RowDraft } from "./row-draft.ts";

/** How the cells of one column are written. */
export type CellRules = {
  readonly mark: DecimalMark | null;
  readonly dateFormat: DateFormat | null;
  readonly units: UnitReader;
};

/** Puts what a cell means into the draft, or tells what is wrong with it. The text is trimmed; empty means: told to be nothing. */
export type CellSetter = (text: string, draft: RowDraft, rules: CellRules) => CellFault | null;

const partNumberMax = 100;
const nameMax = limits.titleMax;
const leadTimeMax = 3_650;

/** A setter of a member that an empty cell clears. */
function setting<Value>(
  reader: (text: string, rules: CellRules) => CellReading<Value>,
  put: (draft: RowDraft, value: Value | null) => void,
): CellSetter {
  return (text, draft, rules) => {
    if (text === "") {
      put(draft, null);
      return null;
    }
    const reading = reader(text, rules);
    if (!reading.ok) return reading.fault;
    put(draft, reading.value);
    return null;
  };
}

function textUpTo(max: number): (text: string) => CellReading<string> {
  return (text) =>
    text.length > max ? wrong("value_too_long", `Write at most ${max} characters; it has ${text.length}.`) : read(text);
}

function amount(rule: AmountRule): (text: string, rules: CellRules) => CellReading<string> {
  return (text, { mark }) => readAmount(text, mark, rule);
}

const day = (text: string, { dateFormat }: CellRules): CellReading<string> => {
  const reading = readDate(text, dateFormat);
  return reading.ok ? reading : wrong(reading.code, reading.hint);
};

const unit = (text: string, { units }: CellRules): CellReading<string> => units.read(text);

const missing: CellFault = { code: "value_missing", hint: "Write a value: the row is of no use without." };

/** A setter of a member that no row can be without once its column is mapped. */
function needed(setter: CellSetter): CellSetter {
  return (text, draft, rules) => (text === "" ? missing : setter(text, draft, rules));
}

const plainSetters: Readonly<Record<PlainField, CellSetter>> = {
  part_number: needed(
    setting(textUpTo(partNumberMax), (draft, value) => {
      draft.partNumber = value;
    }),
  ),
  brand: setting(textUpTo(nameMax), (draft, value) => {
    draft.plain.brand = value;
  }),
  manufacturer: setting(textUpTo(nameMax), (draft, value) => {
    draft.plain.manufacturer = value;
  }),
  manufacturer_part_number: setting(textUpTo(partNumberMax), (draft, value) => {
    draft.plain.manufacturerPartNumber = value;
  }),
  order_unit: needed(
    setting(unit, (draft, value) => {
      if (value !== null) draft.plain.orderUnit = value;
    }),
  ),
  content_unit: setting(unit, (draft, value) => {
    draft.contentUnit = value;
  }),
  content_ratio: setting(
    (text, { mark }) => readRatio(text, mark),
    (draft, value) => {
      draft.contentRatio = value;
    },
  ),
  currency: setting(readCurrency, (draft, value) => {
    draft.currency = value;
  }),
  price_base_quantity: setting(amount("positive"), (draft, value) => {
    draft.baseQuantity = value;
  }),
  min_quantity: setting(amount("positive"), (draft, value) => {
    draft.plain.minQuantity = value;
  }),
  multiple: setting(amount("positive"), (draft, value) => {
    draft.plain.multiple = value;
  }),
  max_quantity: setting(amount("positive"), (draft, value) => {
    draft.plain.maxQuantity = value;
  }),
  lead_time_days: setting(
    (text) => readWhole(text, leadTimeMax),
    (draft, value) => {
      draft.plain.leadTimeDays = value;
    },
  ),
  condition: needed(
    setting(readCondition, (draft, value) => {
      if (value !== null) draft.plain.condition = value;
    }),
  ),
  delivery_term: setting(readDeliveryTerm, (draft, value) => {
    draft.deliveryTerm = value;
  }),
  delivery_place: setting(textUpTo(nameMax), (draft, value) => {
    draft.deliveryPlace = value;
  }),
  stock: setting(amount("zero_or_more"), (draft, value) => {
    draft.plain.stock = value;
  }),
  valid_from: setting(day, (draft, value) => {
    draft.plain.validFrom = value;
  }),
  valid_until: setting(day, (draft, value) => {
    draft.plain.validUntil = value;
  }),
};

/** The setter of a target. */
export function setterOf(target: FieldTarget): CellSetter {
  switch (target.field) {
    case "name":
      return setting(textUpTo(nameMax), (draft, value) => {
        draft.text(target.language).name = value;
      });
    case "description":
      return setting(textUpTo(limits.textMax), (draft, value) => {
        draft.text(target.language).description = value;
      });
    case "keywords":
      return setting(textUpTo(limits.textMax), (draft, value) => {
        draft.text(target.language).keywords = wordsOf(value);
      });
    case "gtin":
      return setting(readGtin, (draft, value) => {
        draft.gtins ??= [];
        if (value !== null) draft.gtins.push({ gtin: value, unit: target.unit });
      });
    case "class":
      return setting(textUpTo(nameMax), (draft, value) => {
        draft.classes ??= [];
        if (value !== null) draft.classes.push({ scheme: target.scheme, code: value });
      });
    case "attribute":
      return setting(textUpTo(limits.reasonMax), (draft, value) => {
        draft.attributes ??= [];
        draft.attributes.push({ name: target.name, values: value === null ? [] : [value], unit: target.unit });
      });
    case "price":
      return setting(amount("zero_or_more"), (draft, value) => {
        draft.tier(target.tier).amount = value;
      });
    case "tier_quantity":
      return setting(amount("positive"), (draft, value) => {
        draft.tier(target.tier).quantity = value;
      });
    case "buyer_part_number":
      return setting(textUpTo(partNumberMax), (draft, value) => {
        draft.buyerPartNumbers ??= [];
        if (value !== null) draft.buyerPartNumbers.push({ buyer: target.buyer, partNumber: value });
      });
    case "file":
      return setting(readAddresses, (draft, value) => {
        draft.files ??= [];
        for (const address of value ?? []) draft.files.push({ kind: target.kind, address });
      });
    default:
      return plainSetters[target.field];
  }
}

/** Words between commas, semicolons, bars or line ends. */
function wordsOf(text: string | null): readonly string[] {
  return (text ?? "").split(/[,;|\n]/).flatMap((word) => (word.trim() === "" ? [] : [word.trim()]));
}

/** Fields whose amounts are never taken from numbers that a program has rounded. */
export function isMoneyOrQuantity({ field }: FieldTarget): boolean {
  return [
    "price",
    "tier_quantity",
    "price_base_quantity",
    "content_ratio",
    "min_quantity",
    "multiple",
    "max_quantity",
    "stock",
  ].includes(field);
}
