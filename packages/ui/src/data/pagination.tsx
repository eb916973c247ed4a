import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../controls/button.tsx";
import { IconButton } from "../controls/icon-button.tsx";
import { useLabels } from "../labels/labels.tsx";

export type PaginationProps = {
  readonly label: string;
  /** Where one is: "26–50 of 312". */
  readonly position: ReactNode;
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
};

export function Pagination({ label, position, onPrevious, onNext }: PaginationProps) {
  const labels = useLabels();
  return (
    <nav className="k-pagination" aria-label={label}>
      <span className="k-hint">{position}</span>
      <IconButton
        icon={ChevronLeft}
        label={labels.previousPage}
        isDirectional
        kind="bordered"
        isDisabled={onPrevious === null}
        onPress={() => onPrevious?.()}
      />
      <IconButton
        icon={ChevronRight}
        label={labels.nextPage}
        isDirectional
        kind="bordered"
        isDisabled={onNext === null}
        onPress={() => onNext?.()}
      />
    </nav>
  );
}

export type LoadMoreProps = {
  readonly onPress: () => void;
  readonly isPending?: boolean;
  readonly position?: ReactNode;
};

/** For lists that come by cursor. */
export function LoadMore({ onPress, isPending = false, position }: LoadMoreProps) {
  const labels = useLabels();
  return (
    <div className="k-load-more">
      {position !== undefined && <span className="k-hint">{position}</span>}
      <Button onPress={onPress} isPending={isPending}>
        {labels.loadMore}
      </Button>
    </div>
  );
}
