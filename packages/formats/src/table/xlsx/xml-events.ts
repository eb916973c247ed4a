import { SaxesParser } from "saxes";
import { UnreadableFile } from "../../files/unreadable-file.ts";

export type XmlHandlers = {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close: (name: string) => void;
  readonly text?: (text: string) => void;
};

/** Without namespaces asked for, attributes are plain text. */
type PlainAttributes = Readonly<Record<string, string>>;

/** A workbook part's XML in pieces. Names come without their prefix. Document types are refused: no workbook has one. */
export class XmlEvents {
  readonly #parser = new SaxesParser({ position: false });
  readonly #decoder = new TextDecoder("utf-8");

  constructor(handlers: XmlHandlers) {
    this.#parser.on("opentag", ({ name, attributes }) => handlers.open(localName(name), attributes as PlainAttributes));
    this.#parser.on("closetag", ({ name }) => handlers.close(localName(name)));
    if (handlers.text !== undefined) {
      this.#parser.on("text", handlers.text);
      this.#parser.on("cdata", handlers.text);
    }
    this.#parser.on("doctype", () => {
      throw brokenPart(new Error("document type"));
    });
    this.#parser.on("error", (error) => {
      throw brokenPart(error);
    });
  }

  write(piece: Uint8Array): void {
    const text = this.#decoder.decode(piece, { stream: true });
    if (text !== "") this.#parser.write(text);
  }

  end(): void {
    this.#parser.write(this.#decoder.decode());
    this.#parser.close();
  }
}

function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}

export function brokenPart(cause: unknown): UnreadableFile {
  const hint = "Open it in your spreadsheet program and save it as .xlsx again.";
  return new UnreadableFile("workbook_broken", "A part of the workbook cannot be read.", { hint, cause });
}
