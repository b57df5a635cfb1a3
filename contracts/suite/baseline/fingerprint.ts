import { createHash } from "node:crypto";
import type { Outcome } from "../outcome";

const LENGTH = 8;

/**
 * What a deviation is known by from run to run: the check, and in short what is expected and received, apart from values that differ
 * from account to account. `law-3#9f2c11ab`.
 */
export function fingerprintOf({ id, evidence }: Pick<Outcome, "id" | "evidence">): string {
  const { pointer = "", expected, received } = evidence ?? {};
  const place = pointer.replaceAll(/\/\d+(?=\/|$)/g, "/*");
  const kinds = [expected, received].map((value) => (pointer === "status" ? value : kindOf(value)));
  const hash = createHash("sha256")
    .update(JSON.stringify([place, ...kinds]))
    .digest("hex");
  return `${id}#${hash.slice(0, LENGTH)}`;
}

/** The check that a fingerprint names; undefined when it is none. */
export function checkOf(fingerprint: string): string | undefined {
  return /^(law-\d+|shape-.+)#[\da-f]{8}$/.exec(fingerprint)?.[1];
}

function kindOf(value: unknown): string {
  if (value === null || typeof value === "boolean") return String(value);
  return Array.isArray(value) ? "list" : typeof value;
}
