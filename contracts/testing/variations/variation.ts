import type { Fields } from "../../exchange";
import type { AssumptionId } from "../../generated/v2/operations";
import type { Alteration, Answer, Mutant } from "../mutants/mutant";

/** What another server may do and ours does not: the documents allow it, so that nothing may fail. */
export interface Variation extends Alteration {
  /** The assumptions that are to be named for it; none when nothing need be said. */
  readonly contradicts: readonly AssumptionId[];
  /** The names of mutants that nobody can tell from such a server: they contradict the same assumption, or do not show. */
  readonly hides?: readonly Mutant["name"][];
}

/** Changes an answer as a whole. */
export function body(change: (body: Fields) => unknown): (answer: Answer) => void {
  return (answer) => {
    if (typeof answer.body === "object" && answer.body !== null) answer.body = change(answer.body as Fields);
  };
}

/** A copy of a value in which every object is changed, from within. */
export function eachObject(value: unknown, change: (object: Fields) => Fields): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => eachObject(entry, change));
  return change(Object.fromEntries(Object.entries(value).map(([key, child]) => [key, eachObject(child, change)])));
}

/** A copy of a value in which every field is changed; what becomes undefined is left out. */
export function eachField(value: unknown, change: (value: unknown, name: string, object: Fields) => unknown): unknown {
  return eachObject(value, (object) => {
    const changed = Object.entries(object).map(([name, field]) => [name, change(field, name, object)] as const);
    return Object.fromEntries(changed.filter(([, field]) => field !== undefined));
  });
}
