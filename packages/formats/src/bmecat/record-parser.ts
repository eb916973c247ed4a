import { SaxesParser } from "saxes";
import { UnreadableFile } from "../files/unreadable-file.ts";
import type { BmecatWarning, BmecatWarningCode } from "./bmecat-item.ts";
import { warningAt } from "./bmecat-item.ts";
import { XmlElement } from "./element.ts";
import { isContainer, officialNamespaces, standardName } from "./element-names.ts";

const elementsMax = 200_000;
const charactersMax = 16_777_216;

export type ParsedRecord =
  | { readonly kind: "opened"; readonly element: XmlElement }
  | { readonly kind: "record"; readonly element: XmlElement }
  | { readonly kind: "warning"; readonly warning: BmecatWarning };

/**
 * Takes a file apart into its records: the header, groups, classes, articles. Each is whole when it is given, and forgotten
 * then. Document types are not read, so that no entity of theirs is ever resolved.
 *
 * @throws UnreadableFile `xml_broken` where the XML cannot be read on, `file_not_bmecat` where it is something else.
 */
export class RecordParser {
  readonly #parser = new SaxesParser({ position: true });
  readonly #parsed: ParsedRecord[] = [];
  /** Names as written, from the root. */
  readonly #path: string[] = [];
  /** Open elements of the record that is being read; none between records. */
  readonly #open: XmlElement[] = [];
  #elements = 0;
  #characters = 0;

  constructor() {
    this.#parser.on("doctype", (text) => this.#warn("doctype_ignored", text.trim()));
    this.#parser.on("opentag", ({ name, attributes }) =>
      this.#openElement(name, attributes as Readonly<Record<string, string>>),
    );
    this.#parser.on("closetag", () => this.#closeElement());
    this.#parser.on("text", (text) => this.#addText(text));
    this.#parser.on("cdata", (text) => this.#addText(text));
    this.#parser.on("error", (error) => this.#onError(error));
  }

  /** Records that are whole with this text. Those before a fault are given before it is thrown. */
  *write(text: string): Generator<ParsedRecord> {
    yield* this.#parsedBy(() => this.#parser.write(text));
  }

  *end(): Generator<ParsedRecord> {
    yield* this.#parsedBy(() => this.#parser.close());
  }

  *#parsedBy(parse: () => unknown): Generator<ParsedRecord> {
    let failure: unknown = null;
    try {
      parse();
    } catch (error) {
      failure = error;
    }
    yield* this.#parsed.splice(0);
    if (failure !== null) throw failure;
  }

  #openElement(written: string, attributes: Readonly<Record<string, string>>): void {
    const name = standardName(written);
    if (this.#path.length === 0) this.#openRoot(name, attributes);
    this.#path.push(written);
    const element = new XmlElement(name, { path: this.#path.join("/"), line: this.#parser.line }, attributes);
    const parent = this.#open.at(-1);
    if (parent === undefined && isContainer(name)) {
      this.#parsed.push({ kind: "opened", element });
      return;
    }
    this.#elements++;
    if (this.#elements > elementsMax) throw tooLarge(element.path);
    parent?.children.push(element);
    this.#open.push(element);
  }

  #openRoot(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name !== "BMECAT") {
      const hint = "Send a BMEcat file, or import it as a table.";
      throw new UnreadableFile("file_not_bmecat", `The file is XML, but begins with ${name}.`, { hint });
    }
    const namespace = Object.entries(attributes).find(([key]) => key === "xmlns")?.[1] ?? "";
    if (!officialNamespaces.has(namespace)) this.#warn("namespace_unusual", namespace);
    const version = attributes["version"] ?? "";
    if (!["1.2", "2005", "2005.1"].includes(version)) this.#warn("version_unusual", version);
  }

  #closeElement(): void {
    this.#path.pop();
    const element = this.#open.pop();
    if (element === undefined || this.#open.length > 0) return;
    this.#elements = 0;
    this.#characters = 0;
    this.#parsed.push({ kind: "record", element });
  }

  #addText(text: string): void {
    const element = this.#open.at(-1);
    if (element === undefined) {
      if (text.trim() !== "") this.#warn("element_unused", text.trim());
      return;
    }
    this.#characters += text.length;
    if (this.#characters > charactersMax) throw tooLarge(element.path);
    if (text.includes("\ufffd")) this.#warn("text_undecodable", text.trim());
    element.text += text;
  }

  #onError(error: Error): void {
    if (/undefined entity/.test(error.message)) this.#warn("entity_unresolved", error.message.replace(/^[\d:\s]*/, ""));
    else if (/disallowed character/.test(error.message)) this.#warn("character_disallowed", "");
    else {
      const hint = "Check the file with an XML editor, and send the whole file.";
      const where = `line ${this.#parser.line}`;
      throw new UnreadableFile("xml_broken", `The XML cannot be read on at ${where}.`, { hint, cause: error });
    }
  }

  #warn(code: BmecatWarningCode, value: string): void {
    const place = { path: this.#path.join("/"), line: this.#parser.line, partNumber: null };
    this.#parsed.push({ kind: "warning", warning: warningAt(place, code, value) });
  }
}

function tooLarge(path: string): UnreadableFile {
  const hint = "Check that every element is closed where it ends.";
  return new UnreadableFile("file_too_large", `One record is too large, at ${path}.`, { hint });
}
