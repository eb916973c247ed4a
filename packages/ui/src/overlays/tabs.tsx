import type { ReactNode } from "react";
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from "react-aria-components";

export type TabItem = {
  readonly id: string;
  readonly label: string;
  /** Shown beside the label: how many there are. */
  readonly count?: number;
  readonly content: ReactNode;
};

export type TabsProps = {
  readonly label: string;
  readonly items: readonly TabItem[];
  readonly selected?: string;
  readonly onSelect?: (id: string) => void;
};

export function Tabs({ label, items, selected, onSelect }: TabsProps) {
  return (
    <AriaTabs
      className="k-tabs"
      {...(selected === undefined ? {} : { selectedKey: selected })}
      onSelectionChange={(key) => onSelect?.(String(key))}
    >
      <TabList aria-label={label} items={items} className="k-tab-list">
        {(item) => (
          <Tab id={item.id} className="k-tab">
            {item.label}
            {item.count !== undefined && <span className="k-tab-count k-number">{item.count}</span>}
          </Tab>
        )}
      </TabList>
      {items.map((item) => (
        <TabPanel key={item.id} id={item.id} className="k-tab-panel">
          {item.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
