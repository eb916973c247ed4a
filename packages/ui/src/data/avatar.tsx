/** The first letters of the first and the last word of a name. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = Array.from(words[0] ?? "")[0] ?? "";
  const last = words.length > 1 ? (Array.from(words.at(-1) ?? "")[0] ?? "") : "";
  return (first + last).toLocaleUpperCase();
}

/** A person or a company by its initials; the name stands beside it or is its label. */
export function Avatar({ name, isNamed = false }: { readonly name: string; readonly isNamed?: boolean }) {
  return (
    <span className="k-avatar" {...(isNamed ? { "aria-hidden": true } : { role: "img", "aria-label": name })}>
      {initialsOf(name)}
    </span>
  );
}
