import type { Hit } from "./use-catalogue.ts";

/** The product's picture, or its brand's letters where it has none that may be shown here. */
export function ProductSign({ marketplaceId, hit }: { readonly marketplaceId: string; readonly hit: Hit }) {
  const frame = "grid size-10 shrink-0 place-items-center overflow-hidden rounded-control border border-line bg-sunken";
  if (hit.pictureId === undefined)
    return (
      <span className={`${frame} text-12 font-medium text-muted`} aria-hidden="true">
        {lettersOf(hit.brand ?? hit.name)}
      </span>
    );
  const at = `/v1/marketplaces/${encodeURIComponent(marketplaceId)}/products/${encodeURIComponent(hit.productId)}`;
  return (
    <span className={frame}>
      <img
        src={`${at}/files/${encodeURIComponent(hit.pictureId)}/content`}
        alt=""
        loading="lazy"
        className="size-full object-contain"
      />
    </span>
  );
}

function lettersOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== "");
  const letters =
    words.length > 1 ? words.slice(0, 2).map((word) => Array.from(word)[0] ?? "") : Array.from(name).slice(0, 2);
  return letters.join("").toLocaleUpperCase();
}
