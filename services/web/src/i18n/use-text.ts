import { useLingui } from "@lingui/react";
import { useCallback } from "react";

/** What a message may have put in: text and counts; amounts come formatted. */
export type TextValues = Readonly<Record<string, string | number>>;
export type Text = (id: string, values?: TextValues) => string;

/** The texts of the present language: `t("shell.sign_in")`, `t("tenders.found", { count: 3 })`. */
export function useText(): Text {
  const { i18n, _ } = useLingui();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another language means other texts under the same function
  return useCallback((id, values) => _(id, values), [_, i18n.locale]);
}

/** Tag of the present language for Intl. */
export function useLocale(): string {
  return useLingui().i18n.locale;
}
