import { TargetError } from "../../client/target-error";
import { WEBHOOK_EVENTS } from "../../generated/v2/enumerations";
import { operations } from "../../generated/v2/operations";
import { laws } from "../laws/index";
import type { KnownDeviation } from "../outcome";
import { checkOf } from "./fingerprint";

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
    throw new TargetError(`${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readDeviation(entry: unknown, where: string): KnownDeviation {
  const fields = (typeof entry === "object" && entry !== null ? entry : {}) as Readonly<Record<string, unknown>>;
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
  const [family, subject = ""] = check.split("-");
  if (family === "law") return laws.some(({ number }) => String(number) === subject);
  return subject in operations || WEBHOOK_EVENTS.some((event) => check.startsWith(`shape-event-${event}`));
}
