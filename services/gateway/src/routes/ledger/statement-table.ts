import type { DailyStatement } from "@kontor/protocol";

const columns = [
  ...["line", "at", "account", "instrument", "asset", "unit", "reference"],
  ...["side", "quantity", "price", "value", "fee", "amount", "balance"],
] as const;

type Line = Partial<Record<(typeof columns)[number], string>> & { readonly line: string };

/** The statement as a table of RFC 4180: a line per balance, posting, fill and sum of fees. */
export function statementTable(statement: DailyStatement): string {
  const lines = [...accountLines(statement), ...tradeLines(statement)];
  const rows = lines.map((line) => columns.map((column) => cellOf(line[column] ?? "")));
  return [columns, ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}

function accountLines({ accounts, from, until }: DailyStatement): readonly Line[] {
  return accounts.flatMap(({ account, opening, postings, closing }) => {
    const { purpose, instrumentId = "", asset } = account;
    const of = { account: purpose, instrument: instrumentId, asset: asset.assetId, unit: asset.unit };
    const moved = postings.map(({ at, reference, amount, balance }): Line => {
      return { ...of, line: "posting", at, reference, amount, balance };
    });
    return [
      { ...of, line: "opening", at: from, balance: opening },
      ...moved,
      { ...of, line: "closing", at: until, balance: closing },
    ];
  });
}

function tradeLines({ fills, fees, until }: DailyStatement): readonly Line[] {
  const traded = fills.map((fill): Line => {
    const { at, instrumentId, currency, tradeId, side, quantity, price, value, fee, busted } = fill;
    const of = { at, instrument: instrumentId, asset: currency, unit: fill.unit, reference: tradeId };
    return { ...of, line: busted ? "busted fill" : "fill", side, quantity, price, value, fee };
  });
  const sums = fees.map(({ currency, amount }): Line => {
    return { line: "fees", at: until, asset: currency, unit: currency, amount };
  });
  return [...traded, ...sums];
}

/** What a spreadsheet would take for a formula gets a quote before it; amounts below zero stay numbers. */
function cellOf(text: string): string {
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^-\d+(\.\d+)?$/.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
