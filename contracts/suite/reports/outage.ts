import type { AnswerCounts } from "./answers";

/** `every change (POST, PUT, DELETE) answers 503`; undefined where changes are not what fails. */
export function failingChanges({ failing_changes: changes, failing_statuses: statuses }: AnswerCounts): string | undefined {
  if (changes === null) return undefined;
  return `every change (${changes.join(", ")}) answers ${statuses.join(" or ")}`;
}
