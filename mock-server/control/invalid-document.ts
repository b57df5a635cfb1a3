import type { FixtureError } from "../../fixtures/load/problem";
import type { ControlRefusal } from "./control-call";
import { problemView } from "./problem-view";

/** What is wrong with fixtures, or a part of them, that came in a request. */
export function invalidDocument(
  { problems: found }: FixtureError,
  { code, summary, hint }: { readonly code: string; readonly summary: string; readonly hint: string },
): ControlRefusal {
  const problems = found.map(problemView);
  const [first] = problems;
  const more = problems.length > 1 ? `, and ${problems.length - 1} more` : "";
  return {
    status: 422,
    error: { code, message: `${summary}: ${first?.message}${more}`, pointer: first?.pointer, hint, problems },
  };
}
