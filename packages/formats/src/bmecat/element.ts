import type { BmecatWarning, BmecatWarningCode } from "./bmecat-item.ts";
import { warningAt } from "./bmecat-item.ts";

/** An element of the file with what is in it. Names are those of BMEcat 2005, also in files of 1.2. */
export class XmlElement {
  readonly name: string;
  /** From the root, with the names that the file uses. */
  readonly path: string;
  readonly line: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[] = [];
  text = "";
  /** Whether somebody took what it says. What nobody took is told. */
  taken = false;

  constructor(
    name: string,
    place: { readonly path: string; readonly line: number },
    attributes: Readonly<Record<string, string>>,
  ) {
    this.name = name;
    this.path = place.path;
    this.line = place.line;
    this.attributes = attributes;
  }

  get value(): string {
    return this.text.trim();
  }

  /** Its children of a name, which are then taken. */
  all(name: string): readonly XmlElement[] {
    const found = this.children.filter((child) => child.name === name);
    for (const child of found) child.taken = true;
    return found;
  }
}

/** Reads one record of the file, and gathers what was not taken as it was written. */
export class RecordReading {
  readonly warnings: BmecatWarning[] = [];
  partNumber: string | null = null;

  warn(element: { readonly path: string; readonly line: number }, code: BmecatWarningCode, value: string): void {
    this.warnings.push(warningAt({ path: element.path, line: element.line, partNumber: this.partNumber }, code, value));
  }

  /** The one child of a name; further ones are told. */
  one(parent: XmlElement, name: string): XmlElement | null {
    const [first, ...more] = parent.all(name);
    for (const element of more) this.warn(element, "element_repeated", element.value);
    return first ?? null;
  }

  /** The text of the one child of a name; null where there is none, or it is empty. */
  textOf(parent: XmlElement, name: string): string | null {
    const value = this.one(parent, name)?.value ?? "";
    return value === "" ? null : value;
  }

  /** Tells what nobody took: an element as a whole, unless something in it was taken. Empty ones say nothing. */
  tellUnused(element: XmlElement): void {
    for (const child of element.children) {
      if (child.taken) this.tellUnused(child);
      else if (contentOf(child) !== "") this.warn(child, "element_unused", contentOf(child));
    }
  }
}

/** All text in an element, with blanks between its parts. */
function contentOf(element: XmlElement): string {
  const inner = element.children.map(contentOf);
  return [element.value, ...inner].filter((text) => text !== "").join(" ");
}
