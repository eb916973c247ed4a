/** Characters that XML 1.0 allows in text. */
const disallowed = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Text without what XML does not allow, and without blanks around it, which readers drop. */
export function cleanText(text: string): string {
  return text.replace(disallowed, "").trim();
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\r/g, "&#13;");
}

export type XmlAttributes = Readonly<Record<string, string>>;

/** An element with text; nothing where there is no text. */
export function leaf(name: string, text: string | null | undefined, attributes: XmlAttributes = {}): string {
  const clean = cleanText(text ?? "");
  return clean === "" ? "" : `<${name}${attributeText(attributes)}>${escaped(clean)}</${name}>`;
}

/** An element around others; nothing where there are none. */
export function branch(name: string, parts: readonly string[], attributes: XmlAttributes = {}): string {
  const content = parts.join("");
  return content === "" ? "" : `<${name}${attributeText(attributes)}>${content}</${name}>`;
}

/** Values are of our own making, or names without signs. */
function attributeText(attributes: XmlAttributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(value).replace(/"/g, "&quot;")}"`)
    .join("");
}
