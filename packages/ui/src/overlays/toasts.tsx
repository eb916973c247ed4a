import { X } from "lucide-react";
import {
  UNSTABLE_ToastQueue as AriaToastQueue,
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components";
import { IconButton } from "../controls/icon-button.tsx";
import { useLabels } from "../labels/labels.tsx";

/** What failed, or what has changed of one's own: "You are no longer leading". Never that something went well. */
export type ToastText = { readonly title: string; readonly detail?: string; readonly tone: "failure" | "change" };

export type ToastQueue = AriaToastQueue<ToastText>;

const shownAtOnceMax = 3;

export function createToastQueue(): ToastQueue {
  return new AriaToastQueue<ToastText>({ maxVisibleToasts: shownAtOnceMax });
}

/** Stands once in the shell. */
export function Toasts({ queue, label }: { readonly queue: ToastQueue; readonly label: string }) {
  const labels = useLabels();
  return (
    <ToastRegion queue={queue} className="k-toasts" aria-label={label}>
      {({ toast }) => (
        <Toast toast={toast} className={`k-toast k-toast-${toast.content.tone}`}>
          <ToastContent className="k-toast-text">
            <Text slot="title">{toast.content.title}</Text>
            {toast.content.detail !== undefined && (
              <Text slot="description" className="k-hint">
                {toast.content.detail}
              </Text>
            )}
          </ToastContent>
          <IconButton slot="close" icon={X} label={labels.dismiss} />
        </Toast>
      )}
    </ToastRegion>
  );
}
