import type { ApprovalRouteRecord } from "@kontor/protocol";
import { ApprovalStrip } from "@kontor/ui";
import { useLocale, useText } from "../i18n/use-text.ts";
import { approvalView } from "./approval-view.ts";
import { usePeople } from "./people.ts";
import { shortTime } from "./times.ts";

const looks = {
  approved: { tone: "good", sign: "check" },
  rejected: { tone: "danger", sign: "cross" },
  asked: { tone: "warning", sign: "clock" },
  later: { tone: "neutral", sign: "ring" },
  not_needed: { tone: "neutral", sign: "ban" },
} as const;

/** Who has to agree, in order, each with the rule that put him there. */
export function ApprovalRoute({
  route,
  expiresAt,
}: {
  readonly route: ApprovalRouteRecord;
  readonly expiresAt?: string;
}) {
  const t = useText();
  const locale = useLocale();
  const personOf = usePeople();
  const groups = approvalView(route).map(({ id, needs, isNow, asked }) => ({
    id,
    approvers: asked.map((one) => {
      const role = one.role === null ? "" : t(`buying.role.${one.role}`);
      const name = one.userId === null ? role : (personOf(one.userId) ?? one.userId.slice(0, 8));
      const due =
        isNow && expiresAt !== undefined ? t("buying.approval.due", { time: shortTime(expiresAt, locale) }) : "";
      return {
        id: one.id,
        name,
        role: asked.length > 1 ? t(`buying.approval.needs_${needs}`) : role,
        rule: one.rules.join(", "),
        state: { ...looks[one.state], word: t(`buying.approval.${one.state}`) },
        timing: one.at === null ? due : shortTime(one.at, locale),
        isCurrent: one.state === "asked",
      };
    }),
  }));
  return <ApprovalStrip label={t("buying.approval")} groups={groups} />;
}
