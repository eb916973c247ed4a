import type { LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Text } from "react-aria-components";

export type MenuEntry = {
  readonly id: string;
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly description?: ReactNode;
  readonly isDisabled?: boolean;
  readonly href?: string;
};

export type MenuProps = {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly onAction?: (id: string) => void;
};

export function Menu({ trigger, label, entries, onAction }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="k-popover k-popover-list" offset={4}>
        <AriaMenu aria-label={label} items={entries} className="k-list" onAction={(key) => onAction?.(String(key))}>
          {({ id, label: text, icon: Icon, description, isDisabled = false, href }) => (
            <MenuItem
              id={id}
              textValue={text}
              isDisabled={isDisabled}
              className="k-option"
              {...(href === undefined ? {} : { href })}
            >
              {Icon && <Icon size={16} strokeWidth={1.5} aria-hidden />}
              <span className="k-option-text">
                <Text slot="label">{text}</Text>
                {description !== undefined && (
                  <Text slot="description" className="k-hint">
                    {description}
                  </Text>
                )}
              </span>
            </MenuItem>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
