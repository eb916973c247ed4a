import type { CartLineChange, CartLineInput, CartRecord } from "@kontor/protocol";
import { requireValue } from "@kontor/sdk";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useKontor, useSession } from "../app/session-provider.tsx";

function cartKey(company: string, marketplaceId: string) {
  return ["cart", company, marketplaceId] as const;
}

/** One's own open cart at the prices of now. */
export function useCart(marketplaceId: string) {
  const kontor = useKontor();
  const { company } = useSession();
  return useQuery({
    queryKey: cartKey(company, marketplaceId),
    queryFn: async () => requireValue(await kontor.buying.cart.read({ marketplaceId })),
  });
}

/** Shows a cart that the server has just told. */
export function useShowCart(marketplaceId: string): (cart: CartRecord) => void {
  const queries = useQueryClient();
  const { company } = useSession();
  return (cart) => queries.setQueryData(cartKey(company, marketplaceId), cart);
}

export function useAddToCart(marketplaceId: string) {
  const kontor = useKontor();
  const show = useShowCart(marketplaceId);
  return useMutation({
    mutationFn: async (line: CartLineInput) => requireValue(await kontor.buying.cart.add({ marketplaceId }, line)),
    onSuccess: show,
  });
}

/** Changes a line; `null` takes it out. */
export function useChangeLine(marketplaceId: string) {
  const kontor = useKontor();
  const show = useShowCart(marketplaceId);
  return useMutation({
    mutationFn: async ({ lineId, change }: { readonly lineId: string; readonly change: CartLineChange | null }) => {
      const line = { marketplaceId, lineId };
      const { cart } = kontor.buying;
      return requireValue(await (change === null ? cart.remove(line) : cart.change(line, change)));
    },
    onSuccess: show,
  });
}
