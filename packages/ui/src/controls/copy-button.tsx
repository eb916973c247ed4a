import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useLabels } from "../labels/labels.tsx";
import { Button } from "./button.tsx";

const shownForMs = 2_000;

/** Puts a text on the clipboard and says so where it was pressed. */
export function CopyButton({ text, label }: { readonly text: string; readonly label?: string }) {
  const labels = useLabels();
  const [copied, setCopied] = useState(0);
  useEffect(() => {
    if (copied === 0) return;
    const timer = setTimeout(() => setCopied(0), shownForMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied((count) => count + 1);
  };
  return (
    <Button kind="quiet" size="small" icon={copied > 0 ? Check : Copy} onPress={() => void copy()}>
      <span aria-live="polite">{copied > 0 ? labels.copied : (label ?? labels.copy)}</span>
    </Button>
  );
}
