import { Check } from "lucide-react";
import type { ReactNode } from "react";
import type { Key } from "react-aria-components";
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";

/** A button with a menu below its end. */
export function MenuButton(props: {
  readonly label: string;
  readonly button: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <MenuTrigger>
      {props.button}
      <Popover placement="bottom end" className="menu-popover">
        <Menu aria-label={props.label} className="max-h-[70vh] overflow-y-auto p-1 outline-none">
          {props.children}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

export type Choice<Id extends string> = { readonly id: Id; readonly name: string; readonly lang?: string };

/** One of several; the one in force has a tick. */
export function ChoiceSection<Id extends string>(props: {
  readonly title?: string;
  readonly choices: readonly Choice<Id>[];
  readonly chosen: Id | null;
  readonly onChoose: (id: Id) => void;
}) {
  const { title, choices, chosen, onChoose } = props;
  const choose = (keys: Iterable<Key> | "all"): void => {
    const [key] = keys === "all" ? [] : keys;
    const found = choices.find(({ id }) => id === key);
    if (found !== undefined) onChoose(found.id);
  };
  return (
    <MenuSection
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={chosen === null ? [] : [chosen]}
      onSelectionChange={choose}
      {...(title === undefined ? { "aria-label": choices.map(({ name }) => name).join(", ") } : {})}
      className="border-b border-line py-1 last:border-0"
    >
      {title === undefined ? null : <Header className="px-2.5 py-1 text-xs font-medium text-muted">{title}</Header>}
      {choices.map(({ id, name, lang }) => (
        <MenuItem key={id} id={id} textValue={name} className="menu-item">
          {({ isSelected }) => (
            <>
              <Check size={16} aria-hidden="true" className={isSelected ? "text-brand" : "invisible"} />
              <span lang={lang}>{name}</span>
            </>
          )}
        </MenuItem>
      ))}
    </MenuSection>
  );
}
