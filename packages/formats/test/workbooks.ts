import { zipOf } from "./bytes.ts";

const office = "http://schemas.openxmlformats.org";
const relationships = `${office}/officeDocument/2006/relationships`;
const packaged = `${office}/package/2006/relationships`;

export type WorkbookParts = {
  /** XML of the rows of each sheet, by the sheet's name. */
  readonly sheets: Readonly<Record<string, string>>;
  readonly hidden?: readonly string[];
  readonly sharedTexts?: readonly string[];
  /** Number formats of the styles 1, 2 … */
  readonly formats?: readonly string[];
  readonly from1904?: boolean;
};

/** A workbook as spreadsheet programs write them. */
export function workbookOf({
  sheets,
  hidden = [],
  sharedTexts = [],
  formats = [],
  from1904 = false,
}: WorkbookParts): Buffer {
  const names = Object.keys(sheets);
  const sheetList = names.map((name, at) => {
    const state = hidden.includes(name) ? ' state="hidden"' : "";
    return `<sheet name="${name}" sheetId="${at + 1}"${state} r:id="rId${at + 1}"/>`;
  });
  const relation = (id: string, kind: string, target: string): string =>
    `<Relationship Id="${id}" Type="${relationships}/${kind}" Target="${target}"/>`;
  const relations = [
    ...names.map((_, at) => relation(`rId${at + 1}`, "worksheet", `worksheets/sheet${at + 1}.xml`)),
    relation("rIdS", "styles", "styles.xml"),
    relation("rIdT", "sharedStrings", "/xl/sharedStrings.xml"),
  ];
  const own = formats.map(
    (code, at) => `<numFmt numFmtId="${164 + at}" formatCode="${code.replaceAll('"', "&quot;")}"/>`,
  );
  const styles = formats.map((_, at) => `<xf numFmtId="${164 + at}"/>`);
  return zipOf({
    "_rels/.rels": `<Relationships xmlns="${packaged}">${relation("r1", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    "xl/workbook.xml": `<workbook xmlns:r="${relationships}"><workbookPr${from1904 ? ' date1904="1"' : ""}/><sheets>${sheetList.join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${packaged}">${relations.join("")}</Relationships>`,
    "xl/styles.xml": `<styleSheet><numFmts>${own.join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${styles.join("")}</cellXfs><cellStyles/></styleSheet>`,
    "xl/sharedStrings.xml": `<sst>${sharedTexts.map((text) => `<si>${text}</si>`).join("")}</sst>`,
    ...Object.fromEntries(
      names.map((name, at) => [
        `xl/worksheets/sheet${at + 1}.xml`,
        `<worksheet><sheetData>${sheets[name]}</sheetData></worksheet>`,
      ]),
    ),
  });
}
