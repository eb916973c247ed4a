import type { AttributeValue, ClassAttributeRecord, ProductFileRecord, ProductRecord } from "@kontor/protocol";
import { FileText } from "lucide-react";
import type { ReactNode } from "react";
import type { Text } from "../i18n/use-text.ts";
import { useLocale, useText } from "../i18n/use-text.ts";
import { Figure, Quantity } from "./figure.tsx";
import { textIn } from "./product-text.ts";
import { unitName } from "./unit-name.ts";
import { labelIn } from "./use-catalogue.ts";

type Found = {
  readonly product: ProductRecord;
  readonly files: readonly ProductFileRecord[];
  readonly attributes: readonly ClassAttributeRecord[];
};

/** Description, attributes, packs with their numbers, documents. */
export function ProductFacts({ marketplaceId, found }: { readonly marketplaceId: string; readonly found: Found }) {
  const t = useText();
  const language = useLocale();
  const { product, files, attributes } = found;
  const text = textIn(product.texts, language);
  const names = new Map(attributes.map((one) => [one.attribute, one]));
  return (
    <div className="grid gap-6 md:grid-cols-2">
      <section className="space-y-2">
        <h2 className="text-16">{t("catalogue.facts")}</h2>
        {text?.description === undefined ? null : <p className="max-w-[68ch] text-muted">{text.description}</p>}
        <dl className="border-t border-line">
          {product.attributes.map((one) => (
            <Fact key={one.attribute} name={labelIn(names.get(one.attribute)?.labels ?? {}, language) || one.attribute}>
              <AttributeText told={one} known={names.get(one.attribute)} />
            </Fact>
          ))}
          <Fact name={t("catalogue.tax")}>{t(`catalogue.tax.${product.taxCategory}`)}</Fact>
        </dl>
      </section>
      <section className="space-y-2">
        <h2 className="text-16">{t("catalogue.packs")}</h2>
        <Packs product={product} />
        <h2 className="pt-3 text-16">{t("catalogue.documents")}</h2>
        <Documents marketplaceId={marketplaceId} files={files} />
      </section>
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-h-9 items-center justify-between gap-4 border-b border-line py-1.5">
      <dt className="text-muted">{name}</dt>
      <dd className="text-end">{children}</dd>
    </div>
  );
}

function AttributeText({
  told,
  known,
}: {
  readonly told: AttributeValue;
  readonly known: ClassAttributeRecord | undefined;
}) {
  const t = useText();
  const language = useLocale();
  const { value, unit } = told;
  if (typeof value === "boolean") return t(value ? "catalogue.yes" : "catalogue.no");
  if (unit !== undefined && typeof value === "string") return <Quantity value={value} unit={unit} />;
  if (known?.kind === "decimal" && typeof value === "string") return <Figure value={value} />;
  const values = Array.isArray(value) ? value : [value];
  const choices = new Map(known?.choices?.map((choice) => [choice.value, labelIn(choice.labels, language)]));
  return <bdi>{values.map((one) => choices.get(one) ?? one).join(", ")}</bdi>;
}

/** Units that it is sold in, what each holds, and the number on it. */
function Packs({ product }: { readonly product: ProductRecord }) {
  const t = useText();
  return (
    <dl className="border-t border-line">
      {product.variants.flatMap((variant) => [
        <Fact key={variant.variantId} name={unitName(t, variant.baseUnit)}>
          <Gtin t={t} gtin={variant.gtins.find(({ unit }) => unit === variant.baseUnit)?.gtin} />
        </Fact>,
        ...variant.units.map(({ unit, num, den }) => (
          <Fact key={`${variant.variantId} ${unit}`} name={unitName(t, unit)}>
            <span className="me-4">
              <Quantity value={num} unit={variant.baseUnit} />
              {den === "1" ? null : <span className="k-number"> / {den}</span>}
            </span>
            <Gtin t={t} gtin={variant.gtins.find((one) => one.unit === unit)?.gtin} />
          </Fact>
        )),
      ])}
    </dl>
  );
}

function Gtin({ t, gtin }: { readonly t: Text; readonly gtin: string | undefined }) {
  if (gtin === undefined) return <span className="text-muted">{t("catalogue.gtin.none")}</span>;
  return (
    <span className="text-13">
      <span className="text-muted">GTIN </span>
      <code dir="ltr">{gtin}</code>
    </span>
  );
}

function Documents(props: { readonly marketplaceId: string; readonly files: readonly ProductFileRecord[] }) {
  const t = useText();
  const { marketplaceId, files } = props;
  if (files.length === 0) return <p className="text-muted">{t("catalogue.documents.none")}</p>;
  return (
    <ul className="border-t border-line">
      {files.map(({ fileId, productId, kind, title, url, mediaType }) => {
        const at = `/v1/marketplaces/${encodeURIComponent(marketplaceId)}/products/${encodeURIComponent(productId)}`;
        return (
          <li key={fileId} className="flex min-h-9 items-center gap-2 border-b border-line">
            <FileText size={16} strokeWidth={1.5} aria-hidden="true" className="text-muted" />
            <a
              href={url ?? `${at}/files/${encodeURIComponent(fileId)}/content`}
              target="_blank"
              rel="noreferrer"
              className="text-brand hover:underline"
            >
              {title === "" ? t(`catalogue.document.${kind}`) : title}
            </a>
            <span className="ms-auto text-12 text-muted">{mediaType}</span>
          </li>
        );
      })}
    </ul>
  );
}
