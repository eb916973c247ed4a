import type { CheckoutInput } from "@kontor/protocol";
import { requireValue } from "@kontor/sdk";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useKontor } from "../app/session-provider.tsx";

type Checkout = Pick<CheckoutInput, "checkoutId" | "buyerNumber" | "consents"> & { readonly version: number };

/** Orders what the cart of this version holds; whatever comes of it, cart and orders are read anew. */
export function useCheckout(marketplaceId: string) {
  const kontor = useKontor();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ version, ...checkout }: Checkout) =>
      requireValue(await kontor.buying.cart.checkOut(marketplaceId, checkout, version)),
    onSettled: () => Promise.all(["cart", "orders"].map((name) => queries.invalidateQueries({ queryKey: [name] }))),
  });
}
