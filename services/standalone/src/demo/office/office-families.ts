import type { Family } from "./family.ts";
import { choiceOf, colourOf, millimetres } from "./family.ts";

const piece = "H87";
const colours = [
  ["black", "Black", "Schwarz"],
  ["blue", "Blue", "Blau"],
  ["red", "Red", "Rot"],
  ["green", "Green", "Grün"],
] as const;
const [black, blue, red, green] = colours;

const weight = {
  attribute: "paper_weight",
  kind: "decimal",
  unit: "GM",
  labels: { en: "Weight per square metre", de: "Grammatur" },
} as const;

const copyPaper: Family = {
  code: "O11",
  parent: "O1",
  labels: { en: "Copy paper", de: "Kopierpapier" },
  brand: "Lindpapier",
  description: { en: "500 sheets a ream, for laser and inkjet.", de: "500 Blatt je Ries, für Laser- und Tintendruck." },
  attributes: [
    weight,
    choiceOf("format", { en: "Format", de: "Format" }, [
      ["A4", "A4", "A4"],
      ["A3", "A3", "A3"],
    ]),
    choiceOf("paper_tone", { en: "Tone", de: "Farbton" }, [
      ["white", "White", "Weiß"],
      ["recycled", "Recycled grey", "Recyclinggrau"],
    ]),
  ],
  unit: "RM",
  pack: { unit: "XBX", holds: 5 },
  per: 1,
  articles: (["A4", "A3"] as const).flatMap((format) =>
    (
      [
        ["80", "white", "White", "weiß", 419],
        ["90", "white", "White", "weiß", 489],
        ["120", "white", "White", "weiß", 745],
        ["80", "recycled", "Recycled", "Recycling", 398],
      ] as const
    ).map(([grams, tone, en, de, cents]) => ({
      partNo: `LP-${format}-${grams}-${tone.slice(0, 1).toUpperCase()}`,
      name: { en: `Copy paper ${format}, ${grams} g/m², ${en}`, de: `Kopierpapier ${format}, ${grams} g/m², ${de}` },
      cents: format === "A4" ? cents : cents * 2 + 20,
      values: [grams, format, tone],
    })),
  ),
  sellers: [
    { vendor: "papierhof", percent: 100, leadTimeDays: 2, minimum: 5, multiple: 5, stock: 900 },
    { vendor: "wattmann", percent: 106, leadTimeDays: 1, stock: 120 },
  ],
};

const envelopes: Family = {
  code: "O12",
  parent: "O1",
  labels: { en: "Envelopes and pads", de: "Umschläge und Blöcke" },
  brand: "Lindpapier",
  description: { en: "Wood-free paper.", de: "Holzfreies Papier." },
  attributes: [weight],
  unit: "XPK",
  per: 1,
  articles: [
    {
      partNo: "LP-EN-C6",
      name: { en: "Envelopes C6, 100 pieces", de: "Briefumschläge C6, 100 Stück" },
      cents: 390,
      values: ["75"],
    },
    {
      partNo: "LP-EN-DL",
      name: { en: "Envelopes DL with window, 100 pieces", de: "Fensterumschläge DIN lang, 100 Stück" },
      cents: 445,
      values: ["80"],
    },
    {
      partNo: "LP-EN-C5",
      name: { en: "Envelopes C5, 100 pieces", de: "Versandtaschen C5, 100 Stück" },
      cents: 690,
      values: ["90"],
    },
    {
      partNo: "LP-EN-C4",
      name: { en: "Envelopes C4, 100 pieces", de: "Versandtaschen C4, 100 Stück" },
      cents: 990,
      values: ["100"],
    },
    {
      partNo: "LP-PD-A4",
      name: { en: "Writing pads A4 squared, 10 pads", de: "Schreibblöcke A4 kariert, 10 Blöcke" },
      cents: 1_150,
      values: ["70"],
    },
    {
      partNo: "LP-PD-A5",
      name: { en: "Writing pads A5 lined, 10 pads", de: "Schreibblöcke A5 liniert, 10 Blöcke" },
      cents: 740,
      values: ["70"],
    },
    {
      partNo: "LP-ST-76",
      name: { en: "Sticky notes 76 × 76 mm, 12 pads", de: "Haftnotizen 76 × 76 mm, 12 Blöcke" },
      cents: 860,
      values: ["75"],
    },
    {
      partNo: "LP-FC-A1",
      name: { en: "Flip chart pads, 5 pads of 20 sheets", de: "Flipchartblöcke, 5 Blöcke zu 20 Blatt" },
      cents: 2_190,
      values: ["80"],
    },
  ],
  sellers: [
    { vendor: "papierhof", percent: 100, leadTimeDays: 2, stock: 150 },
    { vendor: "wattmann", percent: 103, leadTimeDays: 1, stock: 40 },
  ],
};

const pens: Family = {
  code: "O21",
  parent: "O2",
  labels: { en: "Pens and markers", de: "Stifte und Marker" },
  brand: "Wattmann",
  description: { en: "Refillable where it says so.", de: "Nachfüllbar, wo angegeben." },
  attributes: [
    colourOf(black, blue, red, green),
    choiceOf("pen_kind", { en: "Kind", de: "Art" }, [
      ["ballpoint", "Ballpoint pen", "Kugelschreiber"],
      ["fineliner", "Fineliner", "Fineliner"],
      ["board", "Board marker", "Boardmarker"],
      ["permanent", "Permanent marker", "Permanentmarker"],
    ]),
  ],
  unit: piece,
  pack: { unit: "XPK", holds: 10 },
  per: 1,
  articles: (
    [
      ["ballpoint", "Ballpoint pen, refillable", "Kugelschreiber, nachfüllbar", 89],
      ["fineliner", "Fineliner 0.4 mm", "Fineliner 0,4 mm", 119],
      ["board", "Board marker, round tip", "Boardmarker, Rundspitze", 155],
      ["permanent", "Permanent marker, bevelled tip", "Permanentmarker, Keilspitze", 139],
    ] as const
  ).flatMap(([kind, en, de, cents]) =>
    colours.map(([colour, enColour, deColour]) => ({
      partNo: `WM-${kind.slice(0, 2).toUpperCase()}-${colour.slice(0, 3).toUpperCase()}`,
      name: { en: `${en}, ${enColour.toLowerCase()}`, de: `${de}, ${deColour.toLowerCase()}` },
      cents,
      values: [colour, kind],
    })),
  ),
  sellers: [{ vendor: "wattmann", percent: 100, leadTimeDays: 1, minimum: 10, multiple: 10, stock: 500 }],
};

const binders: Family = {
  code: "O31",
  parent: "O3",
  labels: { en: "Lever arch files", de: "Ordner" },
  brand: "Lindpapier",
  description: { en: "A4, with label and finger ring.", de: "A4, mit Rückenschild und Griffloch." },
  attributes: [millimetres("spine", { en: "Spine", de: "Rückenbreite" }), colourOf(black, blue, red, green)],
  unit: piece,
  pack: { unit: "XBX", holds: 20 },
  per: 1,
  articles: [50, 80].flatMap((spine) =>
    colours.map(([colour, en, de]) => ({
      partNo: `LP-LA-${spine}-${colour.slice(0, 3).toUpperCase()}`,
      name: {
        en: `Lever arch file A4, ${spine} mm, ${en.toLowerCase()}`,
        de: `Ordner A4, ${spine} mm, ${de.toLowerCase()}`,
      },
      cents: spine === 50 ? 229 : 245,
      values: [String(spine), colour],
    })),
  ),
  sellers: [
    { vendor: "papierhof", percent: 100, leadTimeDays: 2, minimum: 20, multiple: 20, stock: 600 },
    { vendor: "wattmann", percent: 111, leadTimeDays: 1, stock: 25 },
  ],
};

const batteries: Family = {
  code: "O41",
  parent: "O4",
  labels: { en: "Batteries", de: "Batterien" },
  brand: "Kérouan",
  description: { en: "Alkaline, packs of ten.", de: "Alkaline, im Zehnerpack." },
  attributes: [
    choiceOf("battery_size", { en: "Size", de: "Größe" }, [
      ["AAA", "AAA", "AAA (Micro)"],
      ["AA", "AA", "AA (Mignon)"],
      ["C", "C", "C (Baby)"],
      ["D", "D", "D (Mono)"],
      ["9V", "9 V", "9 V (Block)"],
    ]),
  ],
  unit: "XPK",
  per: 1,
  articles: (
    [
      ["AAA", 595],
      ["AA", 595],
      ["C", 1_290],
      ["D", 1_690],
      ["9V", 1_980],
    ] as const
  ).map(([size, cents]) => ({
    partNo: `KE-BA-${size}`,
    name: { en: `Alkaline batteries ${size}, 10 pieces`, de: `Alkaline-Batterien ${size}, 10 Stück` },
    cents,
    values: [size],
  })),
  sellers: [
    { vendor: "bretagne", percent: 100, leadTimeDays: 4, minimum: 5, multiple: 5, stock: 200 },
    { vendor: "wattmann", percent: 108, leadTimeDays: 1, stock: 12 },
  ],
};

const toner: Family = {
  code: "O42",
  parent: "O4",
  labels: { en: "Toner cartridges", de: "Tonerkartuschen" },
  brand: "Wattmann",
  description: {
    en: "Rebuilt cartridges for printers of the series Helder.",
    de: "Aufbereitete Kartuschen für Drucker der Serie Helder.",
  },
  attributes: [
    { attribute: "pages", kind: "decimal", labels: { en: "Pages", de: "Seiten" } },
    colourOf(black, ["cyan", "Cyan", "Cyan"], ["magenta", "Magenta", "Magenta"], ["yellow", "Yellow", "Gelb"]),
  ],
  unit: piece,
  per: 1,
  articles: (["300", "500"] as const).flatMap((series) =>
    (
      [
        ["black", "Black", "Schwarz", 2],
        ["cyan", "Cyan", "Cyan", 1],
        ["magenta", "Magenta", "Magenta", 1],
        ["yellow", "Yellow", "Gelb", 1],
      ] as const
    ).map(([colour, en, de, times]) => ({
      partNo: `WM-TN-${series}-${colour.slice(0, 1).toUpperCase()}`,
      name: {
        en: `Toner for Helder ${series}, ${en.toLowerCase()}`,
        de: `Toner für Helder ${series}, ${de.toLowerCase()}`,
      },
      cents: 4_290 + Number(series) * 4,
      values: [String(Number(series) * 10 * times), colour],
    })),
  ),
  sellers: [{ vendor: "wattmann", percent: 100, leadTimeDays: 2, stock: 10 }],
};

const bins: Family = {
  code: "O51",
  parent: "O5",
  labels: { en: "Storage boxes", de: "Lagerkästen" },
  brand: "Armor Vaillant",
  description: {
    en: "Polypropylene, stackable, with label holder.",
    de: "Polypropylen, stapelbar, mit Etikettenhalter.",
  },
  attributes: [
    { attribute: "volume", kind: "decimal", unit: "LTR", labels: { en: "Volume", de: "Inhalt" } },
    colourOf(blue, red, green),
  ],
  unit: piece,
  per: 1,
  articles: (
    [
      ["1", 129],
      ["3", 219],
      ["8", 449],
      ["20", 890],
      ["45", 1_590],
    ] as const
  ).flatMap(([litres, cents]) =>
    [blue, red, green].map(([colour, en, de]) => ({
      partNo: `AV-SB-${litres}-${colour.slice(0, 3).toUpperCase()}`,
      name: {
        en: `Storage box ${litres} l, ${en.toLowerCase()}`,
        de: `Sichtlagerkasten ${litres} l, ${de.toLowerCase()}`,
      },
      cents,
      values: [litres, colour],
    })),
  ),
  sellers: [{ vendor: "bretagne", percent: 100, leadTimeDays: 7, minimum: 5, multiple: 5, stock: 400 }],
};

export const officeFamilies: readonly Family[] = [copyPaper, envelopes, pens, binders, batteries, toner, bins];
