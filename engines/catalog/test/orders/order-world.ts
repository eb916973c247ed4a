import type { Commission } from "../../src/orders/commission.ts";
import { commissionOf, commissionOn } from "../../src/orders/commission.ts";
import { budgetKept, creditOf, dueOf, settlementOf } from "../../src/orders/credit.ts";
import type { LineProgress, ProgressStep } from "../../src/orders/line-progress.ts";
import { openOf, paidForOf, progressAfter } from "../../src/orders/line-progress.ts";
import { refundOf } from "../../src/orders/refund.ts";
import { unity } from "../../src/quantities/ratio.ts";
import { euro, six } from "../prices/given.ts";
import type { NaiveLine, NaiveOrder } from "./naive-order.ts";
import { grossOf } from "./naive-order.ts";

type WorldLine = {
  readonly of: NaiveLine;
  readonly commission: Commission;
  progress: LineProgress;
  refunded: bigint;
};

const basis = { priceBaseQuantity: six("1"), unit: "C62", ratio: unity };

/** The same order by the engine's rules, with books, stock and a budget that follow step by step. */
export class OrderWorld {
  readonly lines: readonly WorldLine[];
  readonly books = { buyer: 0n, held: 0n, fees: 0n, vat: 0n, vendor: 0n };
  readonly stock: { onHand: bigint; reserved: bigint };
  readonly total: bigint;
  readonly charges: bigint;
  credited = 0n;
  captured = 0n;
  refunded = 0n;
  isSold = false;

  constructor({ lines, charges }: NaiveOrder) {
    this.lines = lines.map((of) => {
      const base = grossOf(of, of.pieces.length);
      const rule = {
        id: "all",
        scope: { vendorId: null, brandId: null, classId: null },
        bounds: new Map<string, never>(),
      };
      const percent = of.feePercent * 10_000n;
      const terms = { rule: { ...rule, percent }, vatPercent: 200_000n };
      const quantity = BigInt(of.pieces.length) * 1_000_000n;
      const none = { cancelled: 0n, shipped: 0n, received: 0n, damaged: 0n, missing: 0n, returned: 0n };
      return { of, commission: commissionOf(base, terms, euro), progress: { quantity, ...none }, refunded: 0n };
    });
    this.charges = charges;
    this.total = this.lines.reduce((sum, { commission }) => sum + commission.base, charges);
    const reserved = this.lines.reduce((sum, { progress }) => sum + progress.quantity, 0n);
    this.stock = { onHand: reserved + 5_000_000n, reserved };
  }

  get due(): bigint {
    return dueOf(this);
  }
  get paid(): bigint {
    return this.captured - this.refunded;
  }
  /** Of a budget that held 777.77 for the order. */
  get budget(): bigint {
    return budgetKept(77_777n, { was: this.total, is: this.due });
  }

  /** False where the engine refuses it: then nothing has changed. */
  step(lineNo: number, step: ProgressStep): boolean {
    const line = this.lines[lineNo];
    if (line === undefined) return false;
    const before = line.progress;
    const answer = progressAfter(before, step);
    if (answer.kind === "rejected") return false;
    line.progress = answer.progress;
    const gone = openOf(before) - openOf(answer.progress);
    this.stock.reserved -= gone;
    if (step.kind === "ship") this.stock.onHand -= gone;
    if (paidForOf(before) !== paidForOf(answer.progress)) this.#credit(line, before);
    return true;
  }

  pay(amount: bigint): void {
    this.captured += amount;
    this.#move({ buyer: -amount, held: amount });
    this.#settle();
  }

  goodwill(lineNo: number, amount: bigint): boolean {
    const line = this.lines[lineNo];
    if (line === undefined || !this.isSold) return false;
    if (refundOf(line.commission, { amount, before: line.refunded }, euro).kind === "rejected") return false;
    this.#giveOff(line, amount);
    this.#settle();
    return true;
  }

  #credit(line: WorldLine, before: LineProgress): void {
    const { priceThousandths, taxPercent } = line.of;
    const unitPrice = priceThousandths * 10n;
    const price = { unitPrice, basis, priceMode: "net" as const, taxPercent: taxPercent * 10_000n };
    const left = line.commission.base - line.refunded;
    const question = { price, before: paidForOf(before), after: paidForOf(line.progress), left };
    this.#giveOff(line, creditOf(question, euro).gross);
    const isOff = this.lines.every(({ progress: { cancelled, quantity } }) => cancelled === quantity);
    if (isOff) {
      this.credited += this.charges;
      if (this.isSold) this.#move({ vendor: -this.charges, held: this.charges });
    }
    this.#settle();
  }

  #giveOff(line: WorldLine, amount: bigint): void {
    if (amount === 0n) return;
    const refund = refundOf(line.commission, { amount, before: line.refunded }, euro);
    if (refund.kind === "rejected") throw new Error("more was credited than is left");
    line.refunded += amount;
    this.credited += amount;
    const { vendor, commission, vat } = refund.entry;
    if (this.isSold) this.#move({ vendor, fees: commission, vat, held: amount });
  }

  #settle(): void {
    const { overpaid, sells } = settlementOf(this);
    this.refunded += overpaid;
    this.#move({ buyer: overpaid, held: -overpaid });
    if (!sells) return;
    this.isSold = true;
    let [fees, vat] = [0n, 0n];
    for (const { commission, refunded } of this.lines) {
      const part = commissionOn(commission.base - refunded, commission, euro);
      fees += part.fee;
      vat += part.vat;
    }
    this.#move({ held: -this.due, fees, vat, vendor: this.due - fees - vat });
  }

  #move(legs: Partial<Record<keyof OrderWorld["books"], bigint>>): void {
    for (const [name, amount] of Object.entries(legs)) this.books[name as keyof OrderWorld["books"]] += amount;
  }
}
