import { isTooDeep } from "./exchange";

const DEEP = "[".repeat(201);

test.each([
  [DEEP, true],
  [`{"a":${"[".repeat(200)}`, true],
  ["[".repeat(200), false],
  ["[]".repeat(201), false],
  [`"${DEEP}"`, false],
  [`"\\"${DEEP}"`, false],
  [`"\\\\"${DEEP}`, true],
  [`"\\\\\\"${DEEP}`, false], // a text that does not end
  [`{"text":"${"é".repeat(300)}","x":${DEEP}`, true],
])("%j is too deep: %s", (json, expected) => {
  expect([isTooDeep(json), isTooDeep(Buffer.from(json))]).toEqual([expected, expected]);
});
