import type { QuickOrderRecord } from "@kontor/protocol";
import { requireValue } from "@kontor/sdk";
import { useMutation } from "@tanstack/react-query";
import { useKontor } from "../app/session-provider.tsx";
import { useShowCart } from "./use-cart.ts";

/** Lines as text, or the file that they are in. */
export type QuickSource = { readonly text: string } | { readonly file: File };

/** Puts what can be found into the cart and tells of each line. */
export function useQuickOrder(marketplaceId: string) {
  const kontor = useKontor();
  const show = useShowCart(marketplaceId);
  const { cart } = kontor.buying;
  return useMutation({
    mutationFn: async (source: QuickSource): Promise<QuickOrderRecord> => {
      if ("text" in source) return requireValue(await cart.quickOrder(marketplaceId, { text: source.text }));
      const content = base64Of(new Uint8Array(await source.file.arrayBuffer()));
      return requireValue(await cart.quickOrderFile(marketplaceId, { content }));
    },
    onSuccess: ({ cart: filled }) => show(filled),
  });
}

function base64Of(bytes: Uint8Array): string {
  const pieces: string[] = [];
  // A call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8_192) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8_192)));
  return btoa(pieces.join(""));
}
