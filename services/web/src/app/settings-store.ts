import type { Settings } from "./settings.ts";
import { defaultSettings, readSettings } from "./settings.ts";

type Watcher = () => void;

const guest = "guest";
const keyOf = (userId: string): string => `kontor.settings.${userId}`;

/** The settings of whoever is signed in, kept on this machine under his id; a guest's serve until then. */
export class SettingsStore {
  readonly #storage: Pick<Storage, "getItem" | "setItem">;
  readonly #watchers = new Set<Watcher>();
  #userId = guest;
  #present: Settings;

  constructor(storage: Pick<Storage, "getItem" | "setItem">, languages: readonly string[]) {
    this.#storage = storage;
    this.#present = readSettings(storage.getItem(keyOf(guest)), defaultSettings(languages));
  }

  readonly present = (): Settings => this.#present;

  readonly watch = (watcher: Watcher): Watcher => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Goes over to a person's own settings; what he never chose stays as it is now. */
  readonly adopt = (userId: string): void => {
    if (this.#userId === userId) return;
    this.#userId = userId;
    this.#put(readSettings(this.#read(keyOf(userId)), this.#present));
  };

  readonly change = (changes: Partial<Settings>): void => {
    this.#put({ ...this.#present, ...changes });
    this.#write(keyOf(this.#userId), this.#present);
    // How the page looks stays for the next visit before sign-in; whom one acts for does not.
    this.#write(keyOf(guest), { ...this.#present, company: null, marketplace: null });
  };

  #put(settings: Settings): void {
    this.#present = settings;
    for (const watcher of [...this.#watchers]) watcher();
  }

  #read(key: string): string | null {
    return this.#storage.getItem(key);
  }

  #write(key: string, settings: Settings): void {
    try {
      this.#storage.setItem(key, JSON.stringify(settings));
    } catch {
      // A full or forbidden store: the choice holds until the page is closed.
    }
  }
}
