/** Whether the server stopped knowing us while we work. What is on the screen stays; a dialog asks for the password. */
export class SessionExpiry {
  readonly #watchers = new Set<() => void>();
  #expired = false;

  readonly expired = (): boolean => this.#expired;

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly tell = (expired: boolean): void => {
    if (this.#expired === expired) return;
    this.#expired = expired;
    for (const watcher of [...this.#watchers]) watcher();
  };
}
