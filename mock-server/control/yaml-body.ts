import { pointerParts } from "../../contracts/json-pointer";
import { FixtureError, type FixtureProblem } from "../../fixtures/load/problem";
import { type ParsedSource, positionsAt } from "../../fixtures/load/source";

/* A body that came as YAML: where in its text things stand. Its content is a document as any other, which reads no files. */

const texts = new WeakMap<object, ParsedSource>();

/** The content of a body. */
export function contentOf(parsed: ParsedSource): unknown {
  const { content } = parsed;
  if (typeof content === "object" && content !== null) texts.set(content, parsed);
  return content;
}

/** The error of a fixture in a body, with lines and columns where the body came as YAML. */
export function placed(error: FixtureError, body: object): FixtureError {
  const parsed = texts.get(body);
  if (!parsed) return error;
  const offsets = parsed.locate(new Set(error.problems.map(({ pointer }) => pointer)));
  const starts = error.problems.map((problem) => offsets.get(problem.pointer)?.[placeOf(problem)] ?? 0);
  const positions = positionsAt(parsed.text, starts);
  return new FixtureError(error.problems.map((problem, i) => (problem.isRest ? problem : { ...problem, ...positions[i] })));
}

/** An unknown field is wrong by its name, all else by its value. */
function placeOf({ pointer, found }: FixtureProblem): "key" | "value" {
  return pointerParts(pointer).at(-1) === found ? "key" : "value";
}
