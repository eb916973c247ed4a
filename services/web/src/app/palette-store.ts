/** Whether the palette is open; the search slot, the keyboard and the palette share it. */
class PaletteStore {
  readonly #watchers = new Set<() => void>();
  #isOpen = false;

  readonly isOpen = (): boolean => this.#isOpen;

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly set = (isOpen: boolean): void => {
    this.#isOpen = isOpen;
    for (const watcher of [...this.#watchers]) watcher();
  };
}

export const palette = new PaletteStore();
