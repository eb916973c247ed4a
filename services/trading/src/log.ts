type Write = (data: Readonly<Record<string, unknown>>, message: string) => void;

/** What the host needs of a logger. `error` is for what a person must look at. */
export type HostLog = { readonly info: Write; readonly warn: Write; readonly error: Write };
