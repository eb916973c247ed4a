import type { OfferRecord, PriceAnswer } from "@kontor/protocol";
import type { ReactNode } from "react";
import { useText } from "../i18n/use-text.ts";
import { Figure, Quantity, UnitPrice } from "./figure.tsx";
import { PriceSource } from "./price-source.tsx";
import { useOfferPrices } from "./use-product.ts";

/** All offers beside each other: a table on the desk, labelled rows on a phone. Choosing one opens it for ordering. */
export function OfferCompare(props: {
  readonly marketplaceId: string;
  readonly offers: readonly OfferRecord[];
  readonly chosenId: string;
  readonly onChoose: (offerId: string) => void;
}) {
  const t = useText();
  const { marketplaceId, offers, chosenId, onChoose } = props;
  const prices = useOfferPrices(marketplaceId, offers);
  const heads = ["vendor", "price", "breaks", "quantity", "lead_time", "stock", "delivery"] as const;
  return (
    <section className="min-w-0">
      <h2 className="mb-2 text-16">{t("catalogue.offers", { count: offers.length })}</h2>
      <table className="block w-full border-collapse text-13 md:table">
        <thead className="hidden md:table-header-group">
          <tr className="border-b border-control text-muted">
            {heads.map((head) => (
              <th
                key={head}
                scope="col"
                className={`px-2 py-1.5 font-medium first:ps-0 ${head === "vendor" || head === "delivery" ? "text-start" : "text-end"}`}
              >
                {t(`catalogue.offer.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="block md:table-row-group">
          {offers.map((offer) => (
            <OfferRow
              key={offer.offerId}
              offer={offer}
              answer={prices.get(offer.offerId)}
              isChosen={offer.offerId === chosenId}
              onChoose={() => onChoose(offer.offerId)}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function OfferRow(props: {
  readonly offer: OfferRecord;
  readonly answer: PriceAnswer | undefined;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}) {
  const { offer, answer, isChosen, onChoose } = props;
  const t = useText();
  const { minQuantity, multiple, orderUnit, leadTimeDays, deliveryTerm, deliveryPlace } = offer;
  return (
    <tr className={`block border-b border-line py-2 md:table-row md:py-0 ${isChosen ? "bg-brand-bg" : ""}`}>
      <td className="block px-2 py-2 md:table-cell md:ps-2">
        <label className="flex min-h-6 cursor-pointer items-start gap-2">
          <input type="radio" name="offer" checked={isChosen} onChange={onChoose} className="mt-1 accent-brand" />
          <span>
            <span className="block font-medium">{offer.vendorName ?? offer.vendorId}</span>
            <code className="text-muted" dir="ltr">
              {offer.vendorPartNo}
            </code>
          </span>
        </label>
      </td>
      <Cell name={t("catalogue.offer.price")}>
        <OfferPrice answer={answer} />
      </Cell>
      <Cell name={t("catalogue.offer.breaks")}>
        <Breaks answer={answer} />
      </Cell>
      <Cell name={t("catalogue.offer.quantity")}>
        <Quantity value={minQuantity} unit={orderUnit} />
        {multiple === undefined ? null : (
          <span className="block text-muted">
            {t("catalogue.offer.multiple")} <Quantity value={multiple} unit={orderUnit} />
          </span>
        )}
      </Cell>
      <Cell name={t("catalogue.offer.lead_time")}>
        {leadTimeDays === undefined ? t("catalogue.offer.untold") : t("catalogue.days", { days: leadTimeDays })}
      </Cell>
      <Cell name={t("catalogue.offer.stock")}>
        {offer.available === undefined ? t("catalogue.offer.to_order") : <Figure value={offer.available} />}
      </Cell>
      <Cell name={t("catalogue.offer.delivery")} isText>
        <bdi>{deliveryTerm ?? t("catalogue.offer.untold")}</bdi>
        {deliveryPlace === undefined ? null : <span className="block text-muted">{deliveryPlace}</span>}
      </Cell>
    </tr>
  );
}

function Cell({
  name,
  isText,
  children,
}: {
  readonly name: string;
  readonly isText?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <td
      className={`flex justify-between gap-4 px-2 py-1 align-top text-end md:table-cell md:py-2 ${isText ? "md:text-start" : ""}`}
    >
      <span className="text-muted md:hidden">{name}</span>
      <span>{children}</span>
    </td>
  );
}

function OfferPrice({ answer }: { readonly answer: PriceAnswer | undefined }) {
  const t = useText();
  if (answer === undefined) return <span className="text-muted">…</span>;
  const { unitPrice, basis, currency } = answer;
  if (unitPrice === undefined || basis === undefined) return t("catalogue.on_request");
  return (
    <>
      <span className="block font-medium">
        <UnitPrice price={unitPrice} currency={currency} unit={basis.unit} per={basis.priceBaseQuantity} />
      </span>
      <span className="block text-12 text-muted">
        <PriceSource answer={answer} />
      </span>
    </>
  );
}

function Breaks({ answer }: { readonly answer: PriceAnswer | undefined }) {
  const t = useText();
  const { nextRungs = [], basis, currency } = answer ?? {};
  if (nextRungs.length === 0 || basis === undefined || currency === undefined)
    return <span className="text-muted">{t("catalogue.offer.no_breaks")}</span>;
  return nextRungs.map((rung) => (
    <span key={`${rung.minQuantity} ${rung.unit}`} className="block whitespace-nowrap">
      <span className="text-muted">
        {t("catalogue.from_quantity")} <Quantity value={rung.minQuantity} unit={rung.unit} />
        {": "}
      </span>
      <Figure value={rung.price} decimals={2} />
    </span>
  ));
}
