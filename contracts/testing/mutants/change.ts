import type { Answer } from "./fault";

/**
 * Changes whatever a JSON pointer into the body of an answer leads to, if that is there; `*` stands for every entry of a list. What
 * becomes undefined is left out.
 */
export function change(pointer: string, into: (value: unknown) => unknown): (answer: Answer) => void {
  const [, ...path] = pointer.split("/");
  return (answer) => {
    answer.body = changed(answer.body, path, into);
  };
}

function changed(value: unknown, [key, ...rest]: readonly string[], into: (value: unknown) => unknown): unknown {
  if (key === undefined) return into(value);
  if (Array.isArray(value) && key === "*") return value.map((entry) => changed(entry, rest, into));
  if (!isObject(value) || !(key in value)) return value;
  return { ...value, [key]: changed(value[key], rest, into) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
