import type { LotRules, TenderTerms } from "@kontor/protocol";
import { formatAmount } from "@kontor/ui";
import { useLocale, useText } from "../i18n/use-text.ts";
import type { RuleSentence } from "./rule-sentences.ts";
import { ruleSentences } from "./rule-sentences.ts";

/** The rules as a bidder will read them. */
export function RuleSentences({ rules, terms }: { readonly rules: LotRules; readonly terms: TenderTerms }) {
  const t = useText();
  const locale = useLocale();
  const valuesOf = ({ values = {} }: RuleSentence) => ({
    currency: terms.currency,
    ...Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === "number" ? value : amountText(value.decimal, locale),
      ]),
    ),
  });
  return (
    <div>
      <h3 className="mb-2 text-14 font-semibold">{t("buyer.rules.read")}</h3>
      <ol className="space-y-1.5 border-s-2 border-line ps-4">
        {ruleSentences(rules, terms.procedure).map((sentence) => (
          <li key={sentence.id}>{t(sentence.id, valuesOf(sentence))}</li>
        ))}
      </ol>
    </div>
  );
}

function amountText(decimal: string, locale: string): string {
  return decimal === "" ? "…" : formatAmount(decimal, { locale, decimals: 0 });
}
