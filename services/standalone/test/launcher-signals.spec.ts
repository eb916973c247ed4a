import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterEach, expect, test } from "vitest";

const runTask = new URL("../launcher/run-task.mjs", import.meta.url).href;

/** A task that says what it is asked and takes its time to end, as a server does. */
const task = `
  let asked = 0;
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, () => {
      asked += 1;
      console.log(signal + " " + asked);
      setTimeout(() => process.exit(7), process.env.TASK_ENDS === "no" ? 60_000 : 200);
    });
  }
  setInterval(() => {}, 60_000);
  console.log("task " + process.pid);
`;
const launcher = `
  const { runTask } = await import(${JSON.stringify(runTask)});
  process.exitCode = await runTask(["-e", ${JSON.stringify(task)}], ".");
`;

type Launched = { readonly child: ChildProcess; readonly next: () => Promise<string>; readonly taskPid: number };

const launchedPids: number[] = [];

async function launch(ends: "yes" | "no"): Promise<Launched> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", launcher], {
    env: { TASK_ENDS: ends },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value);
  const taskPid = Number((await next()).split(" ")[1]);
  launchedPids.push(taskPid);
  return { child, next, taskPid };
}

afterEach(() => {
  for (const pid of launchedPids.splice(0)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // it has ended, as it should
    }
  }
});

test("one request to end that arrives twice reaches the task once, and its exit code is passed on", async () => {
  const { child, next } = await launch("yes");
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  child.kill("SIGINT");
  expect(await next()).toMatch(/^SIG(TERM|INT) 1$/);
  expect(await next()).toBe("undefined"); // the end of its output, without a second line
  expect(await ended).toEqual([7, null]);
});

test("a later second Ctrl-C ends a task that does not end", async () => {
  const { child, next } = await launch("no");
  const ended = once(child, "exit");
  child.kill("SIGINT");
  expect(await next()).toBe("SIGINT 1");
  const pressing = setInterval(() => child.kill("SIGINT"), 100);
  const [code] = await ended;
  clearInterval(pressing);
  expect(code).toBe(128 + 9);
});

test("a task is asked to end when its launcher is killed outright", async () => {
  const { child, next } = await launch("yes");
  child.kill("SIGKILL");
  expect(await next()).toBe("SIGTERM 1");
});
