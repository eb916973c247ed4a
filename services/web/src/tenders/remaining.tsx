import { countdownFace, nextFaceInMs } from "@kontor/ui";
import { useText } from "../i18n/use-text.ts";
import { useServerNow } from "../live/use-server-now.ts";

const tones = { calm: "", notice: "", warning: "text-warn", urgent: "text-danger", over: "text-muted" } as const;

/** Time left by the server's clock. After the end it says so, not who won. */
export function Remaining({ until }: { readonly until: string }) {
  const t = useText();
  const end = Date.parse(until);
  const now = useServerNow((at) => nextFaceInMs(end - at));
  const { days, text, tone } = countdownFace(end - now);
  if (tone === "over") return <span className="text-muted">{t("tenders.time_is_up")}</span>;
  return (
    <time dateTime={until} className={tones[tone]}>
      {days === 0 ? null : `${t("tenders.days", { count: days })} `}
      <span className="k-number">{text}</span>
    </time>
  );
}
