import type { CatalogueFile, FileKind } from "../rows/catalogue-row.ts";
import type { RecordReading, XmlElement } from "./element.ts";
import type { ReadingContext } from "./reading-context.ts";

/** Pictures and documents in the order that the file gives them. */
export function filesOf(
  product: XmlElement,
  reading: RecordReading,
  context: ReadingContext,
): readonly CatalogueFile[] {
  const mimes = product.all("MIME_INFO").flatMap((info) => info.all("MIME"));
  const files = mimes.map((mime, index) => {
    const order = Number(reading.textOf(mime, "MIME_ORDER") ?? "");
    const file = fileOf(mime, reading, context);
    return { order: Number.isFinite(order) && order > 0 ? order : index, index, file };
  });
  const ordered = files.toSorted((a, b) => a.order - b.order || a.index - b.index);
  const distinct = new Map(
    ordered.flatMap(({ file }) => (file === null ? [] : [[`${file.kind} ${file.address}`, file] as const])),
  );
  return [...distinct.values()];
}

function fileOf(mime: XmlElement, reading: RecordReading, { mimeRoot }: ReadingContext): CatalogueFile | null {
  const source = reading.textOf(mime, "MIME_SOURCE");
  const mediaType = reading.textOf(mime, "MIME_TYPE");
  const purpose = reading.textOf(mime, "MIME_PURPOSE");
  const title = reading.textOf(mime, "MIME_DESCR");
  // The text for those who cannot see the picture is mostly its description once more.
  for (const child of mime.children) if (child.name === "MIME_ALT" && child.value === title) child.taken = true;
  if (source === null) {
    reading.warn(mime, "element_missing", "MIME_SOURCE");
    return null;
  }
  const kind = kindOf(purpose, mediaType);
  return {
    kind,
    address: joined(mimeRoot, source),
    ...(title !== null && { title }),
    ...(mediaType !== null && { mediaType }),
  };
}

function kindOf(purpose: string | null, mediaType: string | null): FileKind {
  if (purpose === "data_sheet" || purpose === "safety_data_sheet") return purpose;
  const shown = purpose === null || purpose === "normal" || purpose === "detail";
  const isPicture = mediaType === null ? purpose !== null : mediaType.toLowerCase().startsWith("image");
  return shown && isPicture ? "picture" : "other";
}

function joined(root: string | null, source: string): string {
  if (root === null || /^[a-z]+:\/\//i.test(source) || source.startsWith("/")) return source;
  return `${root.replace(/\/$/, "")}/${source}`;
}
