import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Disclosure as AriaDisclosure, Button, DisclosurePanel, Heading } from "react-aria-components";

export type DisclosureProps = {
  readonly title: ReactNode;
  readonly children: ReactNode;
  readonly isOpenAtFirst?: boolean;
  /** Stands at the end of the title's line. */
  readonly aside?: ReactNode;
};

export function Disclosure({ title, children, aside, isOpenAtFirst = false }: DisclosureProps) {
  return (
    <AriaDisclosure className="k-disclosure" defaultExpanded={isOpenAtFirst}>
      <Heading level={3} className="k-disclosure-head">
        <Button slot="trigger" className="k-disclosure-button">
          <ChevronRight size={16} strokeWidth={1.5} aria-hidden className="k-disclosure-mark" />
          <span className="k-disclosure-title">{title}</span>
          {aside !== undefined && <span className="k-hint">{aside}</span>}
        </Button>
      </Heading>
      <DisclosurePanel className="k-disclosure-panel">{children}</DisclosurePanel>
    </AriaDisclosure>
  );
}
