type Report = {
  readonly counters: { readonly processed: number };
  readonly write: (text: string) => void;
};

/** Adds what knip itself does not tell: how many files it read. */
export default function reportCount({ counters, write }: Report): void {
  write(`knip read ${counters.processed} files`);
}
