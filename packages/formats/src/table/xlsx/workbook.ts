import { UnreadableFile } from "../../files/unreadable-file.ts";
import { tableLimits } from "../table-limits.ts";
import { brokenPart, XmlEvents } from "./xml-events.ts";
import type { ZipArchive } from "./zip-archive.ts";

export type Sheet = { readonly name: string; readonly path: string; readonly hidden: boolean };

export type Workbook = {
  readonly sheets: readonly Sheet[];
  /** Whether days are counted from 1904, as on old Macintoshes. */
  readonly from1904: boolean;
  readonly sharedTextsPath: string | null;
  readonly stylesPath: string | null;
};

type Relation = { readonly id: string; readonly kind: string; readonly path: string };

/** What the workbook is made of. @throws UnreadableFile `workbook_broken` where a part is missing or no XML. */
export async function readWorkbook(zip: ZipArchive): Promise<Workbook> {
  const root = (await relationsOf(zip, "")).find(({ kind }) => kind === "officeDocument");
  const path = root?.path ?? "xl/workbook.xml";
  const relations = await relationsOf(zip, path);
  const sheets: Sheet[] = [];
  let from1904 = false;
  await readPart(zip, path, (name, attributes) => {
    if (name === "workbookPr") from1904 = ["1", "true"].includes(attributes["date1904"] ?? "");
    if (name !== "sheet") return;
    const id = Object.entries(attributes).find(([key]) => key.endsWith(":id"))?.[1];
    const relation = relations.find((each) => each.id === id && each.kind === "worksheet");
    const hidden = (attributes["state"] ?? "visible") !== "visible";
    if (relation !== undefined) sheets.push({ name: attributes["name"] ?? "", path: relation.path, hidden });
  });
  const pathOf = (kind: string): string | null => relations.find((each) => each.kind === kind)?.path ?? null;
  return { sheets, from1904, sharedTextsPath: pathOf("sharedStrings"), stylesPath: pathOf("styles") };
}

/** What a part refers to, with paths from the archive's root. Of the archive itself where the path is empty. */
async function relationsOf(zip: ZipArchive, path: string): Promise<readonly Relation[]> {
  const cut = path.lastIndexOf("/") + 1;
  const folder = path.slice(0, cut);
  const relations: Relation[] = [];
  await readPart(
    zip,
    `${folder}_rels/${path.slice(cut)}.rels`,
    (name, { Id = "", Type = "", Target = "", TargetMode = "" }) => {
      if (name !== "Relationship" || TargetMode === "External") return;
      relations.push({ id: Id, kind: Type.slice(Type.lastIndexOf("/") + 1), path: resolved(folder, Target) });
    },
  );
  return relations;
}

function resolved(folder: string, target: string): string {
  const parts = target.startsWith("/") ? [] : folder.split("/").filter((part) => part !== "");
  for (const part of target.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

/** Goes through a small part's elements. */
export async function readPart(
  zip: ZipArchive,
  path: string,
  open: (name: string, attributes: Readonly<Record<string, string>>) => void,
): Promise<void> {
  const part = zip.part(path);
  if (part === null) throw brokenPart(new Error(`no ${path}`));
  if (part.bytes > tableLimits.partBytesMax) throw tooLarge();
  const events = new XmlEvents({ open, close: () => undefined });
  for await (const piece of part.stream()) events.write(piece);
  events.end();
}

export function tooLarge(): UnreadableFile {
  const hint = "Remove what does not belong to the table, or send a CSV file.";
  return new UnreadableFile("file_too_large", "A part of the workbook is too large.", { hint });
}
