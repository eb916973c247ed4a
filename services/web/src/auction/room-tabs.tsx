import { Button } from "react-aria-components";
import { useText } from "../i18n/use-text.ts";

export type RoomTab = "board" | "mine" | "lot";

type RoomTabsProps = { readonly tab: RoomTab; readonly onTab: (tab: RoomTab) => void; readonly hasOwn: boolean };

/** On a phone one part of the room at a time; on a desk all are there and these are not. */
export function RoomTabs({ tab, onTab, hasOwn }: RoomTabsProps) {
  const t = useText();
  const tabs: readonly RoomTab[] = hasOwn ? ["board", "mine", "lot"] : ["board", "lot"];
  return (
    <nav className="room-tabs" aria-label={t("auction.tab.label")}>
      {tabs.map((one) => (
        <Button key={one} className="room-tab" aria-pressed={tab === one} onPress={() => onTab(one)}>
          {t(`auction.tab.${one}`)}
        </Button>
      ))}
    </nav>
  );
}
