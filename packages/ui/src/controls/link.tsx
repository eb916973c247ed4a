import type { ReactNode } from "react";
import type { LinkProps as AriaLinkProps } from "react-aria-components";
import { Link as AriaLink } from "react-aria-components";
import { classNames } from "./class-names.ts";

export type LinkProps = Omit<AriaLinkProps, "className" | "style" | "children"> & {
  /** `quiet` shows its line on hover only: for ids and names in tables. `button` looks like one. */
  readonly kind?: "text" | "quiet" | "button" | "primary";
  readonly children: ReactNode;
};

export function Link({ kind = "text", children, ...rest }: LinkProps) {
  const looks = {
    text: "k-link",
    quiet: "k-link k-link-quiet",
    button: "k-button k-button-secondary k-button-normal",
    primary: "k-button k-button-primary k-button-normal",
  };
  return (
    <AriaLink {...rest} className={classNames(looks[kind])}>
      {children}
    </AriaLink>
  );
}
