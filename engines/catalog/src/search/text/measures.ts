const spellings: Readonly<Record<string, string>> = {
  um: "um micron micrometer micrometre",
  mm: "mm millimeter millimetre millimeters millimetres",
  cm: "cm centimeter centimetre centimeters centimetres",
  m: "m meter metre meters metres",
  km: "km kilometer kilometre kilometers kilometres",
  in: "in inch inches zoll pouces \" ″ ''",
  ft: "ft foot feet ' ′",
  mg: "mg milligram milligrams",
  g: "g gr gram grams gramm gramme grammes",
  kg: "kg kilo kilos kilogram kilograms kilogramm",
  t: "t tonne tonnes",
  oz: "oz ounce ounces",
  lb: "lb lbs pound pounds",
  ml: "ml milliliter millilitre milliliters millilitres",
  l: "l ltr liter litre liters litres",
  gal: "gal gallon gallons",
  kb: "kb kilobyte kilobytes",
  mb: "mb megabyte megabytes",
  gb: "gb gigabyte gigabytes",
  tb: "tb terabyte terabytes",
  w: "w watt watts",
  kw: "kw kilowatt kilowatts",
  v: "v volt volts",
  a: "a amp amps ampere amperes",
  mah: "mah",
  hz: "hz hertz",
  khz: "khz kilohertz",
  mhz: "mhz megahertz",
  ghz: "ghz gigahertz",
  bar: "bar",
  dpi: "dpi",
  rpm: "rpm",
};

const units: ReadonlyMap<string, string> = new Map(
  Object.entries(spellings).flatMap(([unit, list]) => list.split(" ").map((spelling) => [spelling, unit] as const)),
);

/** The one spelling of a unit after a number ("inches" and the double prime are "in"), or null when it is none. */
export function unitSpelled(word: string): string | null {
  return units.get(word) ?? null;
}
