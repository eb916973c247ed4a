import type { PersonCommandInput, Problem, ProblemCode } from "@kontor/protocol";
import type { CommandOutcome, Result } from "@kontor/sdk";
import { expect } from "vitest";
import type { Person } from "./people.ts";

/** The problem that ended it. Fails the test when it was accepted, or refused for another reason. */
export function problemIn(outcome: CommandOutcome | Result<unknown>, code: ProblemCode): Problem {
  if (outcome.ok) throw new Error(`not refused: ${JSON.stringify(outcome)}`);
  expect(outcome.problem, JSON.stringify(outcome.problem)).toMatchObject({ code });
  return outcome.problem;
}

/** Sends over HTTP what must be refused. */
export async function refused(person: Person, command: PersonCommandInput, code: ProblemCode): Promise<Problem> {
  return problemIn(await person.client.command(command), code);
}
