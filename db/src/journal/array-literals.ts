// The journal's connections do not ask the server for its array types, which would cost each of them a third of its
// start: arrays go out as text.

export function arrayOfNumbers(items: readonly number[]): string {
  return `{${items.join(",")}}`;
}

export function arrayOfTexts(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
}
