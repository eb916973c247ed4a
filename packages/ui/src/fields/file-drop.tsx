import { Upload } from "lucide-react";
import type { ReactNode } from "react";
import { DropZone, FileTrigger, Text } from "react-aria-components";
import { Button } from "../controls/button.tsx";
import { useLabels } from "../labels/labels.tsx";

export type FileDropProps = {
  readonly label: string;
  /** What may be dropped: kinds and the greatest size. */
  readonly hint: ReactNode;
  /** Media types or endings, as `accept` of an input has them. */
  readonly accept: readonly string[];
  readonly onFile: (file: File) => void;
  readonly isDisabled?: boolean;
};

export function FileDrop({ label, hint, accept, onFile, isDisabled = false }: FileDropProps) {
  const labels = useLabels();
  const takeDropped = async (items: readonly { readonly kind: string }[]): Promise<void> => {
    for (const item of items) {
      if (item.kind !== "file") continue;
      onFile(await (item as unknown as { getFile: () => Promise<File> }).getFile());
      return;
    }
  };
  return (
    <DropZone className="k-drop" isDisabled={isDisabled} onDrop={({ items }) => void takeDropped(items)}>
      <Upload size={20} strokeWidth={1.5} aria-hidden />
      <Text slot="label" className="k-drop-label">
        {label}
      </Text>
      <span className="k-drop-ways">
        <FileTrigger
          acceptedFileTypes={accept}
          onSelect={(files) => {
            const file = files?.[0];
            if (file) onFile(file);
          }}
        >
          <Button size="small" isDisabled={isDisabled}>
            {labels.chooseFile}
          </Button>
        </FileTrigger>
        <span className="k-hint">{labels.dropFile}</span>
      </span>
      <span className="k-hint">{hint}</span>
    </DropZone>
  );
}
