/** Characters that XML 1.0 allows in text. */
const disallowed = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Text as it stands in an element; characters that XML does not allow are left out. */
export function xmlText(text: string): string {
  return text
    .replace(disallowed, "")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/\r/g, "&#13;");
}

export type XmlAttributes = Readonly<Record<string, string>>;

/** An element with text; nothing where there is no text. */
export function leaf(name: string, text: string | null | undefined, attributes: XmlAttributes = {}): string {
  if (text === null || text === undefined || text === "") return "";
  return `<${name}${attributeText(attributes)}>${xmlText(text)}</${name}>`;
}

/** An element around others; nothing where there are none. */
export function branch(name: string, parts: readonly string[], attributes: XmlAttributes = {}): string {
  const content = parts.join("");
  return content === "" ? "" : `<${name}${attributeText(attributes)}>${content}</${name}>`;
}

function attributeText(attributes: XmlAttributes): string {
  return Object.entries(attributes)
    .map(
      ([name, value]) =>
        ` ${name}="${xmlText(value).replace(/"/g, "&quot;").replace(/\n/g, "&#10;").replace(/\t/g, "&#9;")}"`,
    )
    .join("");
}
