import { CircleAlert, Info, OctagonAlert, ShieldCheck } from "lucide-react";
import type { ReactNode } from "react";

export type BannerTone = "info" | "warning" | "danger" | "good";

export type BannerProps = {
  readonly tone?: BannerTone;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  /** The way out: buttons or links. */
  readonly actions?: ReactNode;
  /** Read out when it appears. */
  readonly isUrgent?: boolean;
};

const icons = { info: Info, warning: CircleAlert, danger: OctagonAlert, good: ShieldCheck };

/** What happened, what is true now, what to do. */
export function Banner({ tone = "info", title, children, actions, isUrgent = false }: BannerProps) {
  const Icon = icons[tone];
  return (
    <div className={`k-banner k-banner-${tone}`} {...(isUrgent ? { role: "alert" } : {})}>
      <Icon size={20} strokeWidth={1.5} aria-hidden className="k-banner-icon" />
      <div className="k-banner-text">
        <p className="k-banner-title">{title}</p>
        {children !== undefined && <div className="k-banner-detail">{children}</div>}
      </div>
      {actions !== undefined && <div className="k-banner-actions">{actions}</div>}
    </div>
  );
}
