import type { Json } from "./contract-examples";

/** A copy of a value with one thing wrong in it. */
export interface Corruption {
  /** Where it is wrong. */
  readonly pointer: string;
  /** How a check calls that. */
  readonly rule: "added" | "required" | "type";
  readonly corrupted: Json;
}

/** A place in a value, and how to put something else there. */
interface Place {
  readonly pointer: string;
  readonly node: Json;
  replace(by: Json): Json;
}

/** What answers may lack: the user of a line, and the times of a subscription, which are in the vendor's schema and in none of its answers. */
const OPTIONAL = /\/user$|webhook_subscription.*\/(created|updated)_at$/;

/** Copies of a value, each with one thing wrong somewhere: a field missing, of another type, or too many. */
export function* corruptions(value: Json): Generator<Corruption> {
  for (const { pointer, node, replace } of places(value)) {
    if (typeof node !== "object" || node === null) {
      yield { pointer, rule: "type", corrupted: replace({ not: "expected" }) };
      continue;
    }
    if (Array.isArray(node)) {
      yield { pointer, rule: "type", corrupted: replace("not an array") };
      continue;
    }
    yield { pointer: `${pointer}/surprise`, rule: "added", corrupted: replace({ ...node, surprise: true }) };
    for (const key of Object.keys(node).filter((name) => !OPTIONAL.test(`${pointer}/${name}`))) {
      const { [key]: _, ...rest } = node;
      yield { pointer: `${pointer}/${key}`, rule: "required", corrupted: replace(rest) };
    }
  }
}

/** Every place in a value, the whole of it first. */
export function* places(node: Json, pointer = "", replace: Place["replace"] = (by) => by): Generator<Place> {
  yield { pointer, node, replace };
  if (typeof node !== "object" || node === null) return;
  for (const [key, child] of Object.entries<Json>(node)) {
    const replaceChild = (by: Json): Json => replace(Array.isArray(node) ? node.with(Number(key), by) : { ...node, [key]: by });
    yield* places(child, `${pointer}/${key}`, replaceChild);
  }
}
