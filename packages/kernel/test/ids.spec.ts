import { expect, test } from "vitest";
import { isUuid, partIdOf, shardIn, shardOfPart } from "../src/index.ts";

const shard = "7e4d2c10-0a5b-4c6e-9f00-2b1d6a0c9e01";

test("a part's id leads to its shard", () => {
  expect(shardOfPart(partIdOf(shard, 1))).toBe(shard);
  expect(shardOfPart(partIdOf(shard, 9_999))).toBe(shard);
});

test.each([shard, `${shard}-`, `${shard}-12345`, `${shard}-1x`, `${shard.toUpperCase()}-1`, `x${shard}-1`, "", "-1"])(
  "%j is no part's id",
  (text) => {
    expect(shardOfPart(text)).toBeNull();
  },
);

test("ids are written in lower case", () => {
  expect([shard, shard.toUpperCase(), `${shard} `, shard.slice(1)].map(isUuid)).toEqual([true, false, false, false]);
});

test("the shard is read off the beginning of an id, and what does not begin with one stays as it is", () => {
  const shard = "0192f0a0-0000-7000-8000-000000000001";
  for (const id of [shard, `${shard}-3`, `${shard}-3-b12`, `${shard}-o17`]) expect(shardIn(id)).toBe(shard);
  for (const id of ["me", `${shard}0`, "-".repeat(40)]) expect(shardIn(id)).toBe(id);
});
