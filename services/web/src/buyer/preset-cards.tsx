import type { Direction, ProcedurePreset } from "@kontor/protocol";
import { requireValue } from "@kontor/sdk";
import { useQuery } from "@tanstack/react-query";
import { useKontor } from "../app/session-provider.tsx";
import { ErrorView, LoadingView } from "../app/state-views.tsx";
import { useText } from "../i18n/use-text.ts";

const described = new Set([
  ...["open_tender", "open_tender_with_auction", "electronic_auction", "request_for_quotations"],
  ...["commercial_tender", "rare_items", "surplus_sale", "serial_sale"],
]);

type PresetCardsProps = {
  readonly direction: Direction;
  readonly isChosen: (preset: ProcedurePreset) => boolean;
  readonly onChoose: (preset: ProcedurePreset) => void;
};

/** Customary procedures, each saying when it is the right one. */
export function PresetCards({ direction, isChosen, onChoose }: PresetCardsProps) {
  const t = useText();
  const kontor = useKontor();
  const found = useQuery({
    queryKey: ["procedure-presets"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => requireValue(await kontor.tenders.presets()),
  });
  if (found.isPending) return <LoadingView rows={5} />;
  if (found.isError) return <ErrorView error={found.error} onRetry={() => void found.refetch()} />;
  const fitting = found.data.filter((preset) => preset.direction === null || preset.direction === direction);
  return (
    <fieldset className="border-t border-line">
      <legend className="sr-only">{t("buyer.step.procedure")}</legend>
      {fitting.map((preset) => {
        const isKnown = described.has(preset.name);
        return (
          <label
            key={preset.name}
            className="flex cursor-pointer gap-3 border-b border-line px-2 py-3 hover:bg-sunken has-checked:bg-brand-bg"
          >
            <input
              type="radio"
              name="procedure"
              className="mt-1 size-4 shrink-0 accent-brand"
              checked={isChosen(preset)}
              onChange={() => onChoose(preset)}
            />
            <span className="min-w-0">
              <span className="block font-medium">{isKnown ? t(`buyer.preset.${preset.name}`) : preset.title}</span>
              {isKnown ? (
                <span className="block max-w-[68ch] text-13 text-muted">{t(`buyer.preset.${preset.name}.when`)}</span>
              ) : null}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
