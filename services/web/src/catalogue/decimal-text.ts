/** Without the zeros that only say how finely a number is kept: "1.550000" is "1.55". */
export function trimmed(value: string): string {
  return value.includes(".") ? value.replace(/\.?0+$/, "") : value;
}

/** Sum of decimal strings, exactly. @throws SyntaxError on other text */
export function sumOf(values: readonly string[]): string {
  const scale = Math.max(0, ...values.map((value) => (value.split(".")[1] ?? "").length));
  const units = values.reduce((sum, value) => sum + unitsOf(value, scale), 0n);
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  const sign = units < 0n ? "-" : "";
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Whether a decimal string is more than nothing. */
export function isPositive(value: string): boolean {
  return /[1-9]/.test(value) && !value.startsWith("-");
}

function unitsOf(value: string, scale: number): bigint {
  const [whole = "0", fraction = ""] = value.split(".");
  return BigInt(whole + fraction.padEnd(scale, "0"));
}
