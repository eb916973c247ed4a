import type { FileKind } from "../rows/catalogue-row.ts";
import type { PlainField } from "./mapping.ts";

/** What a header's words mean before it is known which language, tier or unit is meant. */
export type HeaderMeaning =
  | PlainField
  | "name"
  | "description"
  | "keywords"
  | "gtin"
  | "price"
  | "tier_quantity"
  | "buyer_part_number"
  | FileKind;

/** Words of columns in German and English, joined and without signs: `artikelnr` is "Artikel-Nr." too. */
const words: Readonly<Partial<Record<HeaderMeaning, string>>> = {
  part_number: `artikelnummer artikelnr artnr artno artnummer articlenumber articleno itemnumber itemno itemid sku vendorsku
    suppliersku partnumber partno vendorpartnumber vendorpartno supplierpartnumber supplierpartno supplierpid supplieraid
    lieferantenartikelnummer lieferantenartikelnr bestellnummer bestellnr materialnummer materialnr produktnummer productid
    productnumber productcode artikelcode artikelid`,
  brand: "marke brand markenname brandname",
  manufacturer: "hersteller manufacturer herstellername manufacturername producer mfr",
  manufacturer_part_number: `herstellernummer herstellernr herstellerartikelnummer herstellerartikelnr herstellerteilenummer
    herstellerteilenr mpn manufacturerpartnumber manufacturerpartno manufacturerpid manufactureraid mfrpartnumber
    mfrpartno mfgpartnumber mfgpartno typennummer`,
  order_unit: "einheit mengeneinheit me bestelleinheit verkaufseinheit unit orderunit uom salesunit unitofmeasure",
  content_unit: "inhaltseinheit contentunit basiseinheit baseunit",
  content_ratio: `inhalt inhaltsmenge nocuperou contentperorderunit packungsinhalt verpackungsinhalt packsize unitsperpack
    stueckprovpe inhaltprove qtyperpack piecesperpack`,
  currency: "waehrung currency currencycode waehrungscode whg pricecurrency",
  price_base_quantity:
    "preiseinheit pe preismenge pricequantity pricebase pricebasequantity priceunit preisbasis priceper preisje",
  min_quantity: `mindestmenge mindestbestellmenge mindestabnahme moq minqty minquantity minimumquantity minimumorderquantity
    quantitymin minorderqty minorderquantity`,
  multiple: `vielfaches bestellschritt mengenschritt quantityinterval multiple verpackungseinheit vpe orderincrement increment
    ordermultiple`,
  max_quantity:
    "hoechstmenge maximalmenge hoechstbestellmenge maxqty maxquantity quantitymax maximumquantity maximumorderquantity",
  lead_time_days:
    "lieferzeit lieferzeittage lieferzeitintagen leadtime leadtimedays deliverytime deliverydays lieferfrist",
  condition: "zustand condition",
  delivery_term: "lieferbedingung lieferbedingungen lieferklausel incoterm incoterms deliveryterm deliveryterms",
  delivery_place: "lieferort deliveryplace incotermplace incotermsplace namedplace",
  stock:
    "bestand lagerbestand stock stockquantity onhand verfuegbar verfuegbaremenge availablequantity qtyavailable lager",
  valid_from: "gueltigab gueltigvon validfrom validstartdate",
  valid_until: "gueltigbis validuntil validto validenddate",
  name: `name bezeichnung artikelbezeichnung artikelname produktname produktbezeichnung productname itemname title titel kurztext
    kurzbeschreibung shortdescription descriptionshort bezeichnung1`,
  description:
    "beschreibung langtext description longdescription descriptionlong langbeschreibung produktbeschreibung artikelbeschreibung",
  keywords: "keywords keyword schlagworte schlagwoerter suchbegriffe stichworte searchterms tags",
  gtin: "gtin ean eancode eannummer eannr ean13 gtin13 gtin14 upc barcode strichcode",
  price: `preis price einzelpreis stueckpreis unitprice nettopreis netprice preisnetto pricenet listenpreis listprice ekpreis ek
    vk vkpreis verkaufspreis einkaufspreis salesprice staffelpreis tierprice priceamount`,
  tier_quantity:
    "staffelmenge staffel abmenge mengeab menge tierquantity tierqty breakqty quantitybreak lowerbound fromquantity",
  buyer_part_number: `kundenartikelnummer kundenartikelnr buyerpartnumber buyerpartno customerpartnumber customerpartno buyerpid
    buyeraid kundenmaterialnummer kundenmaterialnr`,
  picture: "bild bildurl bilder produktbild image imageurl imagelink picture pictureurl foto photo",
  data_sheet: "datenblatt datenblatturl produktdatenblatt datasheet datasheeturl",
  safety_data_sheet: "sicherheitsdatenblatt safetydatasheet sds sdb msds",
  certificate: "zertifikat certificate certificateurl",
  manual: "anleitung bedienungsanleitung betriebsanleitung manual manualurl",
};

const meanings: ReadonlyMap<string, HeaderMeaning> = new Map(
  (Object.entries(words) as [HeaderMeaning, string][]).flatMap(([meaning, list]) =>
    list.split(/\s+/).map((word) => [word, meaning] as const),
  ),
);

export function meaningOf(joined: string): HeaderMeaning | null {
  return meanings.get(joined) ?? null;
}

const languageWords: Readonly<Record<string, string>> = {
  de: "de deu ger deutsch german",
  en: "en eng englisch english",
  fr: "fr fra fre franzoesisch french",
  es: "es spa spanisch spanish",
  it: "it ita italienisch italian",
  nl: "nl nld dut niederlaendisch dutch",
  pl: "pl pol polnisch polish",
  cs: "cs ces cze tschechisch czech",
};

const languages: ReadonlyMap<string, string> = new Map(
  Object.entries(languageWords).flatMap(([tag, list]) => list.split(" ").map((word) => [word, tag] as const)),
);

export function languageOfWord(word: string): string | null {
  return languages.get(word) ?? null;
}

/** A header's words in small letters of the Latin alphabet: "Stück-Preis (EUR)" is `stueck preis eur`. */
export function headerTokens(header: string): readonly string[] {
  const plain = header
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .replace(/ä/g, "ae")
    .replace(/ö/g, "oe")
    .replace(/ü/g, "ue")
    .replace(/ß/g, "ss")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "");
  return plain.split(/[^\p{L}\d]+/u).filter((token) => token !== "");
}
