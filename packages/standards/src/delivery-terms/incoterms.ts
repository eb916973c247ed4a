/** What the place named after the term is: where the seller delivers, or as far as he pays the carriage. */
export type NamedPlace = "place_of_delivery" | "port_of_shipment" | "port_of_destination" | "place_of_destination";

export type Incoterm = {
  readonly name: string;
  /** The place without which the term says nothing. */
  readonly place: NamedPlace;
  /** Whether it is for carriage by sea and inland water alone. */
  readonly seaOnly: boolean;
};

/** The eleven rules of Incoterms 2020. */
export const incoterms = {
  EXW: { name: "Ex Works", place: "place_of_delivery", seaOnly: false },
  FCA: { name: "Free Carrier", place: "place_of_delivery", seaOnly: false },
  FAS: { name: "Free Alongside Ship", place: "port_of_shipment", seaOnly: true },
  FOB: { name: "Free On Board", place: "port_of_shipment", seaOnly: true },
  CFR: { name: "Cost and Freight", place: "port_of_destination", seaOnly: true },
  CIF: { name: "Cost, Insurance and Freight", place: "port_of_destination", seaOnly: true },
  CPT: { name: "Carriage Paid To", place: "place_of_destination", seaOnly: false },
  CIP: { name: "Carriage and Insurance Paid To", place: "place_of_destination", seaOnly: false },
  DAP: { name: "Delivered at Place", place: "place_of_destination", seaOnly: false },
  DPU: { name: "Delivered at Place Unloaded", place: "place_of_destination", seaOnly: false },
  DDP: { name: "Delivered Duty Paid", place: "place_of_destination", seaOnly: false },
} as const satisfies Readonly<Record<string, Incoterm>>;

export type IncotermCode = keyof typeof incoterms;

/** Whether a text is the code of a rule, in capitals. Codes of former editions, such as DAT, are none. */
export function isIncoterm(code: string): code is IncotermCode {
  return Object.hasOwn(incoterms, code);
}
