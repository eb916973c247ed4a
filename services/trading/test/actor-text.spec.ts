import type { Actor } from "@kontor/kernel";
import { systemActor } from "@kontor/kernel";
import fc from "fast-check";
import { expect, test } from "vitest";
import { actorText } from "../src/actor-text.ts";
import { member } from "./world.ts";

const name = fc.oneof(fc.stringMatching(/^[a-z0-9-]{1,8}$/), fc.string({ unit: "binary", maxLength: 6 }));

test("an actor's text is his JSON, whatever his names hold", () => {
  const actors = fc.record({ userId: name, companyId: fc.option(name), marketplaceId: fc.option(name) });
  fc.assert(
    fc.property(actors, (names) => {
      const actor: Actor = { ...member("acme"), ...names };
      expect(JSON.parse(actorText(actor))).toEqual(JSON.parse(JSON.stringify(actor)));
      // The journal's writer tells actors apart by their text.
      expect(actorText(actor)).toBe(actorText({ ...actor }));
    }),
    { seed: 6, numRuns: 300 },
  );
  expect(actorText(systemActor)).toBe(JSON.stringify(systemActor));
});
