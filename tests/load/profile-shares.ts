import { readFile } from "node:fs/promises";

type Frame = { readonly functionName: string; readonly url: string };
type ProfileNode = { readonly id: number; readonly callFrame: Frame; readonly children?: readonly number[] };
type CpuProfile = {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
};

/** A step of the server's work, known by files and, where that is not enough, by functions in them. */
export type StepRule = { readonly step: string; readonly url: RegExp; readonly name?: RegExp };

export type Shares = {
  /** Of the time in which samples were taken: how much of it the process was not idle. */
  readonly busy: number;
  /** Of the busy time, by step; they come to one. */
  readonly steps: Readonly<Record<string, number>>;
};

const garbage = "garbage_collection";
const rest = "rest";
/** Not the work that is measured: the profiler beginning and ending. */
const ofProfiler = /^node:inspector/;

/**
 * Where a process spends its time: every sample belongs to the nearest frame, itself or an ancestor, that one of the
 * rules knows; of a frame the first rule. Rules that come last in `nearest` are asked only where none of the first ones
 * knows any frame.
 */
export async function sharesIn(path: string, nearest: readonly (readonly StepRule[])[]): Promise<Shares> {
  const { nodes, samples, timeDeltas } = JSON.parse(await readFile(path, "utf8")) as CpuProfile;
  const stepOf = stepsIn(nodes, nearest);
  const spent = new Map<string, number>();
  let [busy, idle] = [0, 0];
  for (const [index, node] of samples.entries()) {
    const micros = timeDeltas[index] ?? 0;
    const step = stepOf.get(node);
    if (step === undefined || step === null) continue;
    if (step === "idle") {
      idle += micros;
      continue;
    }
    busy += micros;
    spent.set(step, (spent.get(step) ?? 0) + micros);
  }
  const names = [...nearest.flat().map(({ step }) => step), garbage, rest];
  const steps = Object.fromEntries(names.map((name) => [name, (spent.get(name) ?? 0) / busy]));
  return { busy: busy / (busy + idle), steps };
}

/** By node; null for what is not counted. */
function stepsIn(
  nodes: readonly ProfileNode[],
  nearest: readonly (readonly StepRule[])[],
): ReadonlyMap<number, string | null> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const known = nearest.map((rules) => nodes.map(({ id, callFrame }) => [id, ruleFor(rules, callFrame)] as const));
  const tiers = known.map((entries) => new Map(entries));
  const stepOf = (id: number): string | null => {
    const frame = byId.get(id)?.callFrame;
    if (frame?.functionName === "(idle)") return "idle";
    if (frame?.functionName === "(garbage collector)") return garbage;
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      if (ofProfiler.test(byId.get(at)?.callFrame.url ?? "")) return null;
    }
    for (const tier of tiers) {
      for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
        const step = tier.get(at);
        if (step !== undefined) return step;
      }
    }
    return rest;
  };
  return new Map(nodes.map(({ id }) => [id, stepOf(id)]));
}

function ruleFor(rules: readonly StepRule[], { functionName, url }: Frame): string | undefined {
  return rules.find((rule) => rule.url.test(url) && (rule.name?.test(functionName) ?? true))?.step;
}
