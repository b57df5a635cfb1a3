import { fieldIn } from "../../json-pointer";
import type { JsonOutcome } from "./json-outcome";
import { counted } from "./number-format";

/** That a field has a value of another type than is documented. */
interface TypeChange {
  readonly field: string;
  /** The last word of its name: `id` of `chat_id`. What changes one of them mostly changes all. */
  readonly family: string;
  readonly documented: string;
  readonly received: string;
}

/** How families are called. */
const FAMILIES: Readonly<Record<string, string>> = { id: "ids", at: "times" };

/** What has the shape of another type; undefined for whatever else is wrong. */
export function typeChangeOf({ check, evidence }: JsonOutcome): TypeChange | undefined {
  if (check !== "shape" || evidence?.what !== "type" || evidence.received === null) return undefined;
  const [, documented] = /^an? (integer|number|string|boolean|time|list|object)\b/.exec(String(evidence.expected)) ?? [];
  const field = fieldIn(evidence.pointer);
  if (documented === undefined || field === "") return undefined;
  const received = Array.isArray(evidence.received) ? "list" : typeof evidence.received;
  return { field, family: field.split("_").at(-1) ?? field, documented, received };
}

/** `ids are strings instead of integers (id, chat_id) in 17 operations`, where one change shows in several demands of the contract. */
export function typeChangeTitle(alike: readonly JsonOutcome[]): string | undefined {
  const changes = alike.flatMap((outcome) => typeChangeOf(outcome) ?? []);
  const [first] = changes;
  if (first === undefined || new Set(alike.map(({ cause }) => cause)).size < 2) return undefined;
  const fields = [...new Set(changes.map(({ field }) => field))].sort((one, other) => one.length - other.length);
  const where = counted(new Set(alike.map(({ operation }) => operation)).size, "operation");
  const { family, documented, received } = first;
  return `${FAMILIES[family] ?? "fields"} are ${received}s instead of ${documented}s (${fields.join(", ")}) in ${where}`;
}
