import type { OfferRecord, PriceAnswer } from "@kontor/protocol";
import { requireValue } from "@kontor/sdk";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useKontor, useSession } from "../app/session-provider.tsx";

/** A product with its documents and what vendors offer of it, as far as one may order it. */
export function useProduct(marketplaceId: string, productId: string) {
  const kontor = useKontor();
  const { company } = useSession();
  return useQuery({
    queryKey: ["product", company, marketplaceId, productId],
    queryFn: async () => {
      const key = { marketplaceId, productId };
      const [product, { files }, offers] = await Promise.all([
        kontor.products.get(key).then(requireValue),
        kontor.products.files(key).then(requireValue),
        kontor.offers.list(marketplaceId, { productId, status: "active" }).all(),
      ]);
      return { product, files, offers, ...(await namesOf(product.classes, product.attributes)) };
    },
  });

  async function namesOf(
    classes: readonly { scheme: string; code: string; primary: boolean }[],
    told: readonly unknown[],
  ) {
    const primary = classes.find((one) => one.primary) ?? classes[0];
    if (primary === undefined || told.length === 0) return { attributes: [], path: [] };
    const key = { marketplaceId, scheme: primary.scheme, code: primary.code };
    const [{ attributes }, detail] = await Promise.all([
      kontor.classes.attributes(key).then(requireValue),
      kontor.classes.get(key).then(requireValue),
    ]);
    return { attributes, path: [...detail.path, detail] };
  }
}

/** Prices of all offers for what may be ordered at least, by offer. */
export function useOfferPrices(marketplaceId: string, offers: readonly OfferRecord[]) {
  const kontor = useKontor();
  const { company } = useSession();
  const lines = offers.map(({ offerId, minQuantity, orderUnit }) => ({
    offerId,
    quantity: minQuantity,
    unit: orderUnit,
  }));
  const { data } = useQuery({
    queryKey: ["offer-prices", company, marketplaceId, lines],
    enabled: lines.length > 0,
    queryFn: async () => requireValue(await kontor.prices.lines(marketplaceId, { lines: lines.slice(0, 200) })).lines,
  });
  return new Map((data ?? []).map((answer): [string, PriceAnswer] => [answer.offerId, answer]));
}

/** What a quantity of an offer costs; the last answer stays until the next one. */
export function usePrice(marketplaceId: string, asked: { readonly offerId: string; readonly quantity: string | null }) {
  const kontor = useKontor();
  const { company } = useSession();
  const { offerId, quantity } = asked;
  return useQuery({
    queryKey: ["price", company, marketplaceId, offerId, quantity],
    enabled: quantity !== null,
    placeholderData: keepPreviousData,
    queryFn: async () =>
      requireValue(await kontor.prices.of({ marketplaceId, offerId }, quantity === null ? {} : { quantity })),
  });
}
