import type { LotRules, SoftClose, Visibility } from "@kontor/protocol";
import { useText } from "../i18n/use-text.ts";
import { isSame, withChangedRules } from "./draft-terms.ts";
import { ChoiceInput } from "./fields.tsx";
import { ProblemList } from "./problem-list.tsx";
import { RuleSentences } from "./rule-sentence-list.tsx";
import { StepSizeInput } from "./step-size-input.tsx";
import type { DraftDesk } from "./use-draft.ts";
import { WholeNumberInput } from "./whole-number-input.tsx";

const minuteMs = 60_000;
const visibilities: readonly Visibility[] = ["full", "lead", "rank", "traffic", "sealed"];
const endings: readonly SoftClose["variant"][] = [
  "none",
  "reset_in_window",
  "fixed_add",
  "extend_from_bid",
  "random_end",
];

/** The rules of all lots, to be set on the left and read as sentences on the right. */
export function StepRules({ desk }: { readonly desk: DraftDesk }) {
  const t = useText();
  const { terms } = desk;
  const [first, ...others] = terms.lots;
  if (first === undefined) return null;
  const shared = ({ startPrice: _start, reserve: _reserve, ...rules }: LotRules) => rules;
  const differ = others.some((lot) => !isSame(shared(lot.rules), shared(first.rules)));
  return (
    <div className="grid gap-8 xl:grid-cols-2">
      <div className="max-w-form space-y-4">
        {differ ? <p className="border-s-2 border-warn ps-3 text-13">{t("buyer.rules.differ")}</p> : null}
        {first.rules.format === "sealed" ? (
          <p className="text-muted">{t("buyer.rules.none")}</p>
        ) : (
          <RuleFields desk={desk} rules={first.rules} />
        )}
        <ProblemList desk={desk} step="rules" />
      </div>
      <RuleSentences rules={first.rules} terms={terms} />
    </div>
  );
}

function RuleFields({ desk, rules }: { readonly desk: DraftDesk; readonly rules: LotRules }) {
  const t = useText();
  const { terms } = desk;
  const { softClose } = rules;
  const put = (changes: Partial<LotRules>): void => desk.change(withChangedRules(terms, changes));
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <WholeNumberInput
        label={t("buyer.duration")}
        value={Math.round(rules.durationMs / minuteMs)}
        limits={{ min: 1, max: 44_640 }}
        onChange={(count) => put({ durationMs: count * minuteMs })}
      />
      <WholeNumberInput
        label={t("buyer.price_scale")}
        value={rules.priceScale}
        limits={{ min: 0, max: 6 }}
        onChange={(priceScale) => put({ priceScale })}
      />
      <StepSizeInput rules={rules} currency={terms.currency} onChange={(stepMin) => put({ stepMin })} />
      <ChoiceInput
        label={t("buyer.visibility")}
        value={rules.visibility}
        choices={visibilities.map((id) => ({ id, name: t(`buyer.sees.${id}`) }))}
        onChange={(visibility) => put({ visibility })}
      />
      <ChoiceInput
        label={t("buyer.ending")}
        value={softClose.variant}
        choices={[...new Set([softClose.variant, ...endings])].map((id) => ({ id, name: t(`buyer.end.${id}`) }))}
        onChange={(variant) => put({ softClose: endedBy(softClose, variant) })}
      />
      {softClose.variant === "none" ? null : (
        <SoftCloseFields softClose={softClose} onChange={(next) => put({ softClose: next })} />
      )}
    </div>
  );
}

/** An ending that extends needs times; those of the customary auctions until others are set. */
function endedBy(softClose: SoftClose, variant: SoftClose["variant"]): SoftClose {
  const extensionMs = softClose.extensionMs === 0 ? 10 * minuteMs : softClose.extensionMs;
  const windowMs = softClose.windowMs === 0 ? 10 * minuteMs : softClose.windowMs;
  return variant === "none" ? { ...softClose, variant } : { ...softClose, variant, extensionMs, windowMs };
}

function SoftCloseFields(props: { readonly softClose: SoftClose; readonly onChange: (next: SoftClose) => void }) {
  const { softClose, onChange } = props;
  const t = useText();
  const isWindowed = softClose.variant === "reset_in_window" || softClose.variant === "fixed_add";
  return (
    <>
      <WholeNumberInput
        label={t("buyer.extension")}
        value={Math.round(softClose.extensionMs / minuteMs)}
        limits={{ min: 1, max: softClose.variant === "random_end" ? 60 : 1_440 }}
        onChange={(count) => onChange({ ...softClose, extensionMs: count * minuteMs })}
      />
      {isWindowed ? (
        <WholeNumberInput
          label={t("buyer.window")}
          value={Math.round(softClose.windowMs / minuteMs)}
          limits={{ min: 1, max: 1_440 }}
          onChange={(count) => onChange({ ...softClose, windowMs: count * minuteMs })}
        />
      ) : null}
    </>
  );
}
