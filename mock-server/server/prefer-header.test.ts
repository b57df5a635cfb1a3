import { readPreference } from "./prefer-header";

test.each<[string, object | undefined]>([
  ["code=422", { code: "422" }],
  ["Code = 422", { code: "422" }],
  ['code="422"', { code: "422" }],
  ["\t code=422 ,", { code: "422" }],
  ["code=200, example=not-found", { code: "200", example: "not-found" }],
  ["code=200; example=not-found", { code: "200", example: "not-found" }],
  ['example="not-found";code=200', { code: "200", example: "not-found" }],
  ["dynamic=true; seed=7", { dynamic: "true", seed: "7" }],
  ["dynamic, seed=7", { dynamic: "", seed: "7" }],
  ['dynamic=""', { dynamic: "" }],
  ["dynamic=yes", { dynamic: "yes" }],
  ["code=200, dynamic=false", { code: "200" }],
  ["code", { code: "" }],
  ["code=", { code: "" }],
  ["code=422, code=404", { code: "422" }],
  ["respond-async, wait=10, code=422, return=minimal; code=1", { code: "422" }],
  ['note="code=500, \\"dynamic\\""; code=422', { code: "422" }],
  ['example="a \\"b\\" \\\\ c, d"', { example: 'a "b" \\ c, d' }],
  ["code=4 2, example=a", { example: "a" }],
  ['code=422, x="never closed', { code: "422" }],
  ["(code=1), [example], ===, ;;;, code=422", { code: "422" }],
  ["", undefined],
  ["return=minimal", undefined],
  ["handling=lenient; foo; wait=100", undefined],
  ["dynamic=false", undefined],
  ["seed=7", undefined],
  ["codex=422, mycode=1", undefined],
  ['x="code=422"', undefined],
])("%s", (header, preferred) => {
  const nothing = { code: undefined, example: undefined, dynamic: undefined, seed: undefined };
  expect(readPreference(header)).toEqual(preferred && { ...nothing, ...preferred });
});

test("what stands behind the first 1,000 characters is not read", () => {
  expect(readPreference(`x=${"y".repeat(900)}, code=422`)).toMatchObject({ code: "422" });
  expect(readPreference(`x=${"y".repeat(1000)}, code=422`)).toBeUndefined();
});
