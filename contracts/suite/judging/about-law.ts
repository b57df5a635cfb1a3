import type { Law } from "../law";
import type { Outcome } from "../outcome";

type AboutLaw = Pick<Outcome, "id" | "check" | "law" | "title" | "operation" | "kind" | "clause" | "assumptions">;

/** What an outcome says of its law, whatever came of it. */
export function aboutLaw({ number, title, operation, kind, clause, assumptions = [] }: Law): AboutLaw {
  return { id: `law-${number}`, check: "law", law: number, title, operation, kind, clause, assumptions };
}
