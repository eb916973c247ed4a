/*
 * JSON texts of one form differ in their string values alone. Where many such texts follow each other, a form says once
 * what they have in common, and the values say the rest.
 */

/** What stands between the string values of a JSON text; member names are no values. */
export type JsonForm = {
  /** One more than there are values. */
  readonly parts: readonly string[];
  /** The text with every string value empty. */
  readonly blank: string;
};

export type FormedText = { readonly form: JsonForm; readonly values: readonly string[] };

const colon = ":".charCodeAt(0);

/** Form and values of a JSON text without blanks; null where a backslash makes it doubtful where a string ends. */
export function takeApart(text: string): FormedText | null {
  if (text.includes("\\")) return null;
  const parts: string[] = [];
  const values: string[] = [];
  let from = 0;
  for (let open = text.indexOf('"'); open >= 0; ) {
    const close = text.indexOf('"', open + 1);
    if (close < 0) return null;
    if (text.charCodeAt(close + 1) !== colon) {
      parts.push(text.slice(from, open + 1));
      values.push(text.slice(open + 1, close));
      from = close;
    }
    open = text.indexOf('"', close + 1);
  }
  parts.push(text.slice(from));
  return { form: { parts, blank: parts.join("") }, values };
}

/** The values of a text that has this form; null when it has another. */
export function valuesIn(text: string, { parts }: JsonForm): readonly string[] | null {
  const values: string[] = [];
  let at = 0;
  for (const [index, part] of parts.entries()) {
    if (!text.startsWith(part, at)) return null;
    at += part.length;
    if (index === parts.length - 1) break;
    const close = text.indexOf('"', at);
    if (close < 0) return null;
    const value = text.slice(at, close);
    if (value.includes("\\")) return null;
    values.push(value);
    at = close;
  }
  return at === text.length ? values : null;
}

/** The opposite of `takeApart`. */
export function putTogether({ parts }: JsonForm, values: readonly string[]): string {
  let text = parts[0] ?? "";
  for (let index = 1; index < parts.length; index++) text += `${values[index - 1] ?? ""}${parts[index] ?? ""}`;
  return text;
}
