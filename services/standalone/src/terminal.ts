/** Where Kontor speaks to the person who started it. */
export type Terminal = { readonly say: (...lines: readonly string[]) => void };

export const stdoutTerminal: Terminal = {
  say: (...lines) => {
    for (const line of lines) process.stdout.write(`${line}\n`);
  },
};
