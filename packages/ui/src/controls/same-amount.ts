/** Whether two decimal strings are one number: "412.5" is "412.50". */
export function isSameAmount(a: string, b: string): boolean {
  const plain = (value: string): string => (value.includes(".") ? value.replace(/\.?0+$/, "") : value);
  return plain(a) === plain(b);
}
