import type { Article, Family } from "./family.ts";
import { choiceOf, millimetres } from "./family.ts";

const diameter = millimetres("diameter", { en: "Diameter", de: "Durchmesser" });
const lengthOf = millimetres("length", { en: "Length", de: "Länge" });
const piece = "H87";

const every = <Row>(rows: readonly Row[], of: (row: Row) => Article): readonly Article[] => rows.map(of);
const pairs = <A, B>(as: readonly A[], bs: readonly B[]): readonly (readonly [A, B])[] =>
  as.flatMap((a) => bs.map((b) => [a, b] as const));

const hexagonScrews: Family = {
  code: "W11",
  parent: "W1",
  labels: { en: "Hexagon head screws", de: "Sechskantschrauben" },
  brand: "Nordheide",
  description: {
    en: "Full thread, zinc plated. Priced by the hundred, sold by the piece or by the box.",
    de: "Vollgewinde, verzinkt. Preis je hundert, Abgabe einzeln oder im Karton.",
  },
  attributes: [
    diameter,
    lengthOf,
    choiceOf("strength", { en: "Strength class", de: "Festigkeitsklasse" }, [
      ["8.8", "8.8", "8.8"],
      ["10.9", "10.9", "10.9"],
    ]),
  ],
  unit: piece,
  pack: { unit: "XBX", holds: 100 },
  per: 100,
  articles: every(pairs([6, 8, 10, 12], [20, 30, 40, 60, 80]), ([d, l]) => ({
    partNo: `NH-HX-${d}-${l}`,
    name: { en: `Hexagon screw M${d} × ${l}`, de: `Sechskantschraube M${d} × ${l}` },
    cents: 210 + d * d * 9 + l * d,
    values: [String(d), String(l), d === 12 ? "10.9" : "8.8"],
  })),
  sellers: [
    { vendor: "schraubwerk", percent: 100, leadTimeDays: 2, minimum: 50, multiple: 50, stock: 4_000 },
    { vendor: "ostersand", percent: 108, leadTimeDays: 1, minimum: 1, byPack: true },
  ],
};

const anchors: Family = {
  code: "W12",
  parent: "W1",
  labels: { en: "Wall plugs", de: "Dübel" },
  brand: "Nordheide",
  description: { en: "Nylon, for concrete and solid brick.", de: "Nylon, für Beton und Vollstein." },
  attributes: [diameter, lengthOf],
  unit: piece,
  pack: { unit: "XBX", holds: 50 },
  per: 100,
  articles: every(
    [
      [5, 25],
      [6, 30],
      [8, 40],
      [10, 50],
      [12, 60],
      [14, 70],
    ] as const,
    ([d, l]) => ({
      partNo: `NH-WP-${d}`,
      name: { en: `Wall plug ${d} × ${l}`, de: `Spreizdübel ${d} × ${l}` },
      cents: 190 + d * 62,
      values: [String(d), String(l)],
    }),
  ),
  sellers: [
    { vendor: "schraubwerk", percent: 100, leadTimeDays: 2, minimum: 50, multiple: 50, stock: 2_000 },
    { vendor: "ostersand", percent: 104, leadTimeDays: 1, minimum: 1, byPack: true },
  ],
};

const spanners: Family = {
  code: "W21",
  parent: "W2",
  labels: { en: "Combination spanners", de: "Ringmaulschlüssel" },
  brand: "Ostersand",
  description: { en: "Forged chrome vanadium steel, satin finish.", de: "Chrom-Vanadium-Stahl, geschmiedet, matt." },
  attributes: [millimetres("jaw", { en: "Width across flats", de: "Schlüsselweite" }), lengthOf],
  unit: piece,
  per: 1,
  articles: every([8, 10, 11, 12, 13, 14, 16, 17, 19, 22, 24, 27, 30, 32], (jaw) => ({
    partNo: `OS-RM-${jaw}`,
    name: { en: `Combination spanner ${jaw} mm`, de: `Ringmaulschlüssel ${jaw} mm` },
    cents: 240 + jaw * 41,
    values: [String(jaw), String(90 + jaw * 9)],
  })),
  sellers: [
    { vendor: "ostersand", percent: 100, leadTimeDays: 1, stock: 80 },
    { vendor: "schraubwerk", percent: 103, leadTimeDays: 3 },
  ],
};

const drivers: Family = {
  code: "W22",
  parent: "W2",
  labels: { en: "Screwdrivers", de: "Schraubendreher" },
  brand: "Ostersand",
  description: {
    en: "Two-component handle, blade to the tip hardened.",
    de: "Zweikomponentengriff, durchgehärtete Klinge.",
  },
  attributes: [
    choiceOf("drive", { en: "Drive", de: "Antrieb" }, [
      ["slot", "Slotted", "Schlitz"],
      ["cross", "Cross recess", "Kreuzschlitz"],
      ["star", "Six lobe", "Innensechsrund"],
    ]),
    lengthOf,
  ],
  unit: piece,
  per: 1,
  articles: every(
    pairs(
      [
        ["slot", "Slotted screwdriver", "Schlitz-Schraubendreher"],
        ["cross", "Cross recess screwdriver", "Kreuzschlitz-Schraubendreher"],
        ["star", "Six lobe screwdriver", "Innensechsrund-Schraubendreher"],
      ] as const,
      [75, 100, 150],
    ),
    ([[drive, en, de], l]) => ({
      partNo: `OS-SD-${drive.slice(0, 2).toUpperCase()}-${l}`,
      name: { en: `${en} ${l} mm`, de: `${de} ${l} mm` },
      cents: 390 + l * 2,
      values: [drive, String(l)],
    }),
  ),
  sellers: [
    { vendor: "ostersand", percent: 100, leadTimeDays: 1 },
    { vendor: "schraubwerk", percent: 97, leadTimeDays: 4, minimum: 5, multiple: 5 },
  ],
};

const drills: Family = {
  code: "W23",
  parent: "W2",
  labels: { en: "Twist drills", de: "Spiralbohrer" },
  brand: "Ostersand",
  description: { en: "High speed steel, ground, 118° point.", de: "HSS, geschliffen, Spitzenwinkel 118°." },
  attributes: [diameter, lengthOf],
  unit: piece,
  pack: { unit: "XPK", holds: 10 },
  per: 1,
  articles: every(["2", "2.5", "3", "3.3", "4", "4.2", "5", "6", "6.8", "8", "8.5", "10"], (d) => ({
    partNo: `OS-TD-${d.replace(".", "")}`,
    name: { en: `Twist drill ${d} mm`, de: `Spiralbohrer ${d.replace(".", ",")} mm` },
    cents: 95 + Math.round(Number(d) * 47),
    values: [d, String(40 + Math.round(Number(d) * 9))],
  })),
  sellers: [
    { vendor: "ostersand", percent: 100, leadTimeDays: 1, minimum: 10, multiple: 10 },
    { vendor: "schraubwerk", percent: 99, leadTimeDays: 2, minimum: 10, multiple: 10, stock: 120 },
  ],
};

const gloves: Family = {
  code: "W31",
  parent: "W3",
  labels: { en: "Protective gloves", de: "Schutzhandschuhe" },
  brand: "Armor Vaillant",
  description: {
    en: "Knitted, palm coated, for dry assembly work.",
    de: "Gestrickt, Handfläche beschichtet, für trockene Montage.",
  },
  attributes: [
    choiceOf(
      "glove_size",
      { en: "Size", de: "Größe" },
      ["7", "8", "9", "10", "11"].map((one) => [one, one, one] as const),
    ),
    choiceOf("coating", { en: "Coating", de: "Beschichtung" }, [
      ["nitrile", "Nitrile", "Nitril"],
      ["latex", "Latex", "Latex"],
    ]),
  ],
  unit: "PR",
  pack: { unit: "XPK", holds: 12 },
  per: 1,
  articles: every(
    pairs(
      [
        ["nitrile", "Nitrile", "Nitril"],
        ["latex", "Latex", "Latex"],
      ] as const,
      ["7", "8", "9", "10", "11"],
    ),
    ([[coating, en, de], size]) => ({
      partNo: `AV-GL-${coating.slice(0, 1).toUpperCase()}-${size}`,
      name: { en: `Assembly glove ${en}, size ${size}`, de: `Montagehandschuh ${de}, Größe ${size}` },
      cents: coating === "nitrile" ? 289 : 245,
      values: [size, coating],
    }),
  ),
  sellers: [
    { vendor: "bretagne", percent: 100, leadTimeDays: 5, minimum: 12, multiple: 12, stock: 480 },
    { vendor: "ostersand", percent: 112, leadTimeDays: 1, stock: 36 },
  ],
};

const eyewear: Family = {
  code: "W32",
  parent: "W3",
  labels: { en: "Eye and ear protection", de: "Augen- und Gehörschutz" },
  brand: "Armor Vaillant",
  description: { en: "For workshop and site.", de: "Für Werkstatt und Baustelle." },
  attributes: [
    choiceOf("protects", { en: "Protects", de: "Schützt" }, [
      ["eyes", "Eyes", "Augen"],
      ["ears", "Ears", "Gehör"],
      ["face", "Face", "Gesicht"],
    ]),
  ],
  unit: piece,
  per: 1,
  articles: [
    {
      partNo: "AV-EY-10",
      name: { en: "Safety spectacles, clear", de: "Schutzbrille, klar" },
      cents: 620,
      values: ["eyes"],
    },
    {
      partNo: "AV-EY-12",
      name: { en: "Safety spectacles, tinted", de: "Schutzbrille, getönt" },
      cents: 690,
      values: ["eyes"],
    },
    {
      partNo: "AV-EY-20",
      name: { en: "Safety goggles, vented", de: "Vollsichtbrille, belüftet" },
      cents: 1_180,
      values: ["eyes"],
    },
    {
      partNo: "AV-EA-05",
      name: { en: "Ear plugs, 50 pairs", de: "Gehörstöpsel, 50 Paar" },
      cents: 990,
      values: ["ears"],
    },
    {
      partNo: "AV-EA-27",
      name: { en: "Ear muffs 27 dB", de: "Kapselgehörschutz 27 dB" },
      cents: 1_740,
      values: ["ears"],
    },
    {
      partNo: "AV-FA-01",
      name: { en: "Face shield with headgear", de: "Gesichtsschutzschirm mit Kopfhalter" },
      cents: 2_350,
      values: ["face"],
    },
  ],
  sellers: [
    { vendor: "bretagne", percent: 100, leadTimeDays: 5, stock: 60 },
    { vendor: "ostersand", percent: 109, leadTimeDays: 2, stock: 8 },
  ],
};

const litres = { attribute: "volume", kind: "decimal", unit: "LTR", labels: { en: "Volume", de: "Inhalt" } } as const;

const lubricants: Family = {
  code: "W41",
  parent: "W4",
  labels: { en: "Lubricants and cleaners", de: "Schmier- und Reinigungsmittel" },
  brand: "Kérouan",
  description: { en: "Safety data sheet on request.", de: "Sicherheitsdatenblatt auf Anfrage." },
  attributes: [litres],
  unit: piece,
  pack: { unit: "XCT", holds: 12 },
  per: 1,
  articles: [
    {
      partNo: "KE-MO-04",
      name: { en: "Multi-purpose oil, spray 0.4 l", de: "Multiöl, Sprühdose 0,4 l" },
      cents: 549,
      values: ["0.4"],
    },
    {
      partNo: "KE-MO-50",
      name: { en: "Multi-purpose oil, can 5 l", de: "Multiöl, Kanister 5 l" },
      cents: 3_990,
      values: ["5"],
    },
    {
      partNo: "KE-CU-05",
      name: { en: "Cutting oil, bottle 0.5 l", de: "Schneidöl, Flasche 0,5 l" },
      cents: 875,
      values: ["0.5"],
    },
    {
      partNo: "KE-CL-06",
      name: { en: "Brake and parts cleaner, spray 0.6 l", de: "Bremsen- und Teilereiniger, Sprühdose 0,6 l" },
      cents: 329,
      values: ["0.6"],
    },
    {
      partNo: "KE-HC-10",
      name: { en: "Hand cleaner with bio grains, 1 l", de: "Handwaschpaste mit Biokorn, 1 l" },
      cents: 790,
      values: ["1"],
    },
    {
      partNo: "KE-UN-10",
      name: { en: "Universal cleaner, concentrate 10 l", de: "Universalreiniger, Konzentrat 10 l" },
      cents: 2_780,
      values: ["10"],
    },
  ],
  sellers: [
    { vendor: "bretagne", percent: 100, leadTimeDays: 6, minimum: 6, multiple: 6 },
    { vendor: "ostersand", percent: 114, leadTimeDays: 1, stock: 24 },
  ],
};

export const workshopFamilies: readonly Family[] = [
  hexagonScrews,
  anchors,
  spanners,
  drivers,
  drills,
  gloves,
  eyewear,
  lubricants,
];
