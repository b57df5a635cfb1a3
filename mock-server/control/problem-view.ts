import { describeProblem, type FixtureProblem } from "../../fixtures/load/problem";
import type { components } from "./generated/types";

/** What is wrong with a fixture document that came in a request. */
export function problemView(problem: FixtureProblem): components["schemas"]["Problem"] {
  return { pointer: problem.pointer, message: describeProblem(problem) };
}

/** What is wrong with fixture files. */
export function placedProblemView(problem: FixtureProblem): components["schemas"]["PlacedProblem"] {
  const { severity, file, line, column } = problem;
  return {
    severity,
    file,
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    ...problemView(problem),
  };
}
