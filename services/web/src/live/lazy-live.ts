import type { LiveClient } from "@kontor/sdk";

/** Opens the connection when it is first asked for, and anew when it was closed meanwhile. */
export class LazyLive {
  readonly #open: () => LiveClient;
  #client: LiveClient | null = null;

  constructor(open: () => LiveClient) {
    this.#open = open;
  }

  get client(): LiveClient {
    this.#client ??= this.#open();
    return this.#client;
  }

  close(): void {
    this.#client?.close();
    this.#client = null;
  }
}
