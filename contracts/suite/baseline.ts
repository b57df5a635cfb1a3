import { createHash } from "node:crypto";
import { TargetError } from "../client/errors";
import { contracts, contractV2, contractV3 } from "../contract-version";
import { messageOf } from "../error-message";
import { asObject } from "../exchange";
import { laws } from "./checks/index";
import { Description } from "./law-errors";
import { type CheckOutcome, isBroken, type KnownDeviation } from "./report";

/**
 * Marks what the baseline knows. Deviations that have expired or changed stay new, and an entry whose deviation is not there any more
 * is a failure of its own. `today` is a day, `2026-11-25`.
 */
export function applyBaseline(
  outcomes: readonly CheckOutcome[],
  baseline: readonly KnownDeviation[],
  today: string,
): CheckOutcome[] {
  const marked = outcomes.map((outcome) => mark(outcome, baseline, today));
  return [...marked, ...baseline.flatMap((entry) => staleOutcome(entry, outcomes) ?? [])];
}

function mark(outcome: CheckOutcome, baseline: readonly KnownDeviation[], today: string): CheckOutcome {
  if (outcome.fingerprint === undefined) return outcome;
  const names = [outcome.fingerprint, formerFingerprintOf(outcome)];
  const entry = baseline.find(({ fingerprint }) => names.includes(fingerprint));
  if (entry && entry.expires >= today) return { ...outcome, known: entry };
  const because = entry ? `the baseline knew it until ${entry.expires}` : changed(outcome, baseline);
  return because === undefined ? outcome : { ...outcome, reason: `${outcome.reason}; ${because}` };
}

function changed({ id }: CheckOutcome, baseline: readonly KnownDeviation[]): string | undefined {
  const known = baseline.some(({ fingerprint }) => checkOf(fingerprint) === id);
  return known ? "it is not the deviation that the baseline knows" : undefined;
}

/** When the check was made and holds, although the baseline says that it does not. */
function staleOutcome({ fingerprint, reason }: KnownDeviation, outcomes: readonly CheckOutcome[]): CheckOutcome | undefined {
  const check = checkOf(fingerprint) ?? "";
  const holds = outcomes.find(({ id, verdict }) => verdict === "pass" && (id === check || check.startsWith(`${id}-`)));
  if (!holds) return undefined;
  return {
    ...holds,
    id: `baseline-${fingerprint}`,
    check: "baseline",
    title: `the baseline's entry ${fingerprint}`,
    verdict: "fail",
    reason: `the server no longer deviates so (${reason}); remove the entry`,
    exchanges: [],
    requests: 0,
    ms: 0,
  };
}

const FIELDS = ["fingerprint", "reason", "owner", "expires"] as const;

/**
 * Reads a baseline: `{"linq_mock_baseline": 1, "deviations": [{fingerprint, reason, owner, expires}]}`.
 *
 * @throws TargetError when it is none, or names a check that does not exist
 */
export function readBaseline(text: string, file: string): KnownDeviation[] {
  const document = parse(text, file);
  const { linq_mock_baseline: version, deviations } = (document ?? {}) as {
    linq_mock_baseline?: unknown;
    deviations?: unknown;
  };
  if (version !== 1 || !Array.isArray(deviations)) {
    throw new TargetError(`${file} is no baseline; it must be {"linq_mock_baseline": 1, "deviations": [...]}.`);
  }
  return deviations.map((entry: unknown, i) => readDeviation(entry, `${file}: /deviations/${i}`));
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TargetError(`${file} is no JSON: ${messageOf(error)}`);
  }
}

function readDeviation(entry: unknown, where: string): KnownDeviation {
  const fields = asObject(entry);
  for (const field of FIELDS) {
    const value = fields[field];
    if (typeof value !== "string" || value.trim() === "") throw new TargetError(`${where}/${field} is missing or no text.`);
  }
  const deviation = fields as unknown as KnownDeviation;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(deviation.expires) || Number.isNaN(Date.parse(deviation.expires))) {
    throw new TargetError(`${where}/expires is no day; write it as 2026-12-31.`);
  }
  const check = checkOf(deviation.fingerprint);
  if (check === undefined || !exists(check)) {
    throw new TargetError(
      `${where}/fingerprint names no check of this suite: ${deviation.fingerprint}; copy it from a report.`,
    );
  }
  return deviation;
}

function exists(check: string): boolean {
  const [, law] = /^law-(\d+)$/.exec(check) ?? [];
  if (law !== undefined) return laws.some(({ number }) => String(number) === law);
  const [, ofV3, operation = ""] = /^shape-(v3-)?(\w+)-/.exec(check) ?? [];
  const { operations } = ofV3 === undefined ? contractV2 : contractV3;
  if (Object.hasOwn(operations, operation)) return true;
  return contracts.some(({ events }) => events.some((event) => check.startsWith(`shape-event-${event}`)));
}

const LENGTH = 8;

/** An outcome that deviates, with what a baseline knows it by. */
export function withFingerprint(outcome: CheckOutcome): CheckOutcome {
  const deviates = isBroken(outcome.verdict, { strict: true });
  return deviates ? { ...outcome, fingerprint: fingerprintOf(outcome) } : outcome;
}

/**
 * What a deviation is known by from run to run: the check, and in short what is expected and received, apart from values that differ
 * from account to account. `law-3#9f2c11ab`.
 */
export function fingerprintOf(outcome: Deviation): string {
  return hashed(outcome, [outcome.id, ...kindsIn(outcome)]);
}

/** What 0.1.0 has called it: different checks could have the same end. */
function formerFingerprintOf(outcome: Deviation): string {
  return hashed(outcome, kindsIn(outcome));
}

type Deviation = Pick<CheckOutcome, "id" | "evidence">;

function kindsIn({ evidence }: Deviation): unknown[] {
  const { pointer = "", expected, received } = evidence ?? {};
  const place = pointer.replaceAll(/\/\d+(?=\/|$)/g, "/*");
  const kinds = [expected, received].map((value) => (pointer === "status" ? value : jsonTypeOf(value)));
  return [place, ...kinds];
}

function hashed({ id }: Deviation, parts: readonly unknown[]): string {
  const hash = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  return `${id}#${hash.slice(0, LENGTH)}`;
}

/** The check that a fingerprint names; undefined when it is none. */
function checkOf(fingerprint: string): string | undefined {
  return /^(law-\d+|shape-.+)#[\da-f]{8}$/.exec(fingerprint)?.[1];
}

function jsonTypeOf(value: unknown): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (value instanceof Description) return "string";
  return Array.isArray(value) ? "list" : typeof value;
}
