import { existsSync } from "node:fs";
import { loadFixtures } from "../../fixtures/load/load";
import { FixtureError, type FixtureProblem, problemAnnotation, problemText } from "../../fixtures/load/problem";
import { amount } from "../server/logger";
import { Clock, readClockSetting } from "../world/clock";
import type { WorldRecords } from "../world/model";
import { CommandError } from "./command-error";
import { ProgressLine } from "./progress-line";

export interface ValidateFlags {
  readonly json?: boolean;
  readonly github?: boolean;
}

interface Verdict {
  readonly path: string;
  readonly records?: WorldRecords;
  readonly problems: readonly FixtureProblem[];
}

/** Checks each path as the world that it would be. Exit code 1 when something is wrong with one. */
export function validateFixtures(paths: readonly string[], flags: ValidateFlags): void {
  const progress = new ProgressLine();
  const verdicts = paths.map((path) => check(path, progress));
  progress.end();
  if (flags.json) process.stdout.write(`${JSON.stringify(verdicts.map(asJson), undefined, 2)}\n`);
  else if (flags.github) for (const { problems } of verdicts) process.stdout.write(problems.map(problemAnnotation).join(""));
  else for (const verdict of verdicts) process.stderr.write(asText(verdict));
  if (verdicts.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
}

function check(path: string, progress: ProgressLine): Verdict {
  try {
    const { records, warnings } = loadFixtures(path, {
      now: new Clock(readClockSetting("real")).now(),
      onProgress: progress.show,
    });
    return { path, records, problems: warnings };
  } catch (error) {
    if (error instanceof FixtureError && !existsSync(path)) throw new CommandError(error.message);
    if (error instanceof FixtureError) return { path, problems: error.problems };
    throw error;
  }
}

function asJson({ path, problems }: Verdict): object {
  return { path, valid: problems.length === 0, problems: problems.map(({ excerpt: _, ...problem }) => problem) };
}

function asText({ path, records, problems }: Verdict): string {
  if (problems.length === 0 && records) {
    return `${path} is valid: ${[
      amount(records.lines.length, "line"),
      amount(records.contacts.length, "contact"),
      amount(records.chats.length, "chat"),
      amount(records.messages.length, "message"),
    ].join(", ")}\n`;
  }
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const counts = [amount(errors, "error"), amount(problems.length - errors, "warning")].filter((text) => !text.startsWith("0"));
  return `${problems.map(problemText).join("")}${path}: ${counts.join(" and ")}\n`;
}
