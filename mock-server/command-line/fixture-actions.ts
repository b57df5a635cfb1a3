import { existsSync } from "node:fs";
import { messageOf } from "../../contracts/error-message";
import { loadFaker } from "../../fixtures/generate/faker";
import { type GeneratedFixture, generateFixture } from "../../fixtures/generate/generate";
import { type GenerateOptions, withDefaults } from "../../fixtures/generate/options";
import type { FixtureChat } from "../../fixtures/generated/fixture-document";
import { loadNow } from "../../fixtures/load/load-now";
import { FixtureError, type FixtureProblem, problemAnnotation, problemText } from "../../fixtures/load/problem";
import { readTime } from "../../fixtures/resolve/times";
import { SEEDS, shippedSeed } from "../../fixtures/seeds";
import { documentParts } from "../../fixtures/write/format-document";
import type { LongDocument } from "../../fixtures/write/to-document";
import { baseOf, ControlConnection } from "../control-connection";
import { amount } from "../server/text";
import { sendByHttp, TestSandbox } from "../test-sandbox";
import { isHttpUrl } from "../world/attachments";
import { Clock } from "../world/clock";
import { readClockSetting } from "../world/clock-setting";
import type { WorldRecords } from "../world/model";
import { SANDBOX_NAME, SANDBOX_NAME_RULE } from "../world/sandbox-name";
import { CommandError, quoted } from "./input";
import { ProgressLine } from "./progress-line";
import { checkOutput, sayWritten, writeDocument } from "./write-document";

interface ValidateFlags {
  readonly together?: boolean;
  readonly json?: boolean;
  readonly github?: boolean;
}

const DEFAULT_WORLD = "default";

interface Verdict {
  readonly path: string;
  readonly records?: WorldRecords;
  readonly problems: readonly FixtureProblem[];
  /** What may have been meant. */
  readonly note?: string;
}

/** Checks each path as the world that it would be. Exit code 1 when something is wrong with one. */
export function validateFixtures(paths: readonly string[], flags: ValidateFlags): void {
  const progress = new ProgressLine();
  const verdicts = (flags.together ? [paths] : paths.map((path) => [path])).map((one) => check(one, progress));
  progress.end();
  if (flags.json) process.stdout.write(`${JSON.stringify(verdicts.map(asJson), undefined, 2)}\n`);
  else if (flags.github) for (const { problems } of verdicts) process.stdout.write(problems.map(problemAnnotation).join(""));
  else for (const verdict of verdicts) process.stdout.write(asText(verdict));
  if (verdicts.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
}

function check(paths: readonly string[], progress: ProgressLine): Verdict {
  const path = paths.join(" + ");
  const now = new Clock(readClockSetting("real")).now();
  try {
    const { records, warnings } = loadNow(paths, {
      now,
      latest: now,
      onProgress: progress.show,
    });
    return { path, records, problems: warnings };
  } catch (error) {
    const isMissing = paths.some((one) => !shippedSeed(one) && !existsSync(one));
    if (error instanceof FixtureError && isMissing) throw new CommandError(error.message);
    if (!(error instanceof FixtureError)) throw error;
    return { path, problems: error.problems, note: paths.length > 1 ? "" : noteOfDefault(path, error.problems.length) };
  }
}

/** Whoever names people and lines of the default world means to add to it. */
function noteOfDefault(path: string, alone: number): string {
  const { problems } = check([DEFAULT_WORLD, path], new ProgressLine());
  if (problems.length >= alone) return "";
  const found = problems.length === 0 ? "it is valid" : `it has ${amount(problems.length, "problem")}`;
  return `Together with the default world ${found}: write extends: default, or validate --together default ${quoted(path)}\n`;
}

function asJson({ path, problems }: Verdict): object {
  return { path, valid: problems.length === 0, problems: problems.map(({ excerpt: _, isRest: __, ...problem }) => problem) };
}

function asText({ path, records, problems, note = "" }: Verdict): string {
  if (problems.length === 0 && records) {
    return `${path} is valid: ${[
      amount(records.lines.length, "line"),
      amount(records.contacts.length, "contact"),
      amount(records.chats.length, "chat"),
      amount(records.messages.length, "message"),
    ].join(", ")}\n`;
  }
  const shown = problems.filter(({ isRest = false }) => !isRest);
  const errors = shown.filter(({ severity }) => severity === "error").length;
  const counts = [amount(errors, "error"), amount(shown.length - errors, "warning")].filter((text) => !text.startsWith("0"));
  const [least, rest] = shown.length < problems.length ? ["at least ", "; more are not shown"] : ["", ""];
  return `${shown.map(problemText).join("")}${path}: ${least}${counts.join(" and ")}${rest}\n${note}`;
}

/** Says which worlds are shipped. */
export function listFixtures({ json = false }: { readonly json?: boolean }): void {
  const width = Math.max(...SEEDS.map(({ name }) => name.length));
  const lines = SEEDS.map(({ name, description }) => `${name.padEnd(width)}  ${description}\n`);
  const entries = SEEDS.map(({ name, description }) => ({ name, description }));
  process.stdout.write(json ? `${JSON.stringify(entries, undefined, 2)}\n` : lines.join(""));
}

interface GenerateFlags extends Omit<GenerateOptions, "until" | "locales"> {
  readonly locale: readonly string[];
  readonly until?: string;
  readonly out?: string;
  readonly force?: boolean;
}

/** Writes a world that is made up. The same flags give the same bytes. */
export async function generateFixtures({ out, force, locale, until, ...totals }: GenerateFlags): Promise<void> {
  checkOutput(out, { force });
  const options = {
    ...totals,
    ...(locale.length > 0 && { locales: locale }),
    ...(until !== undefined && { until: instantOf(until) }),
  } as GenerateOptions; // the generator says what is wrong with them
  const { head, chats } = await generate(options);
  const progress = new ProgressLine();
  await writeDocument({ head, chats: shown(chats, options.chats ?? 0, progress) }, out).finally(() => progress.end());
  sayWritten(out);
}

async function generate(options: GenerateOptions): Promise<GeneratedFixture> {
  try {
    await Promise.all(withDefaults(options).locales.map(loadFaker));
    return generateFixture(options);
  } catch (error) {
    throw error instanceof RangeError ? new CommandError(error.message) : error;
  }
}

function* shown(chats: Iterable<FixtureChat>, total: number, progress: ProgressLine): Generator<FixtureChat> {
  let done = 0;
  for (const chat of chats) {
    yield chat;
    done += 1;
    progress.show("chats", done, Math.max(total, done));
  }
}

function instantOf(written: string): number {
  const instant = readTime(written, Number.NaN); // what is measured from now would not be the same bytes again
  if (Number.isNaN(instant))
    throw new CommandError("--until is a time of ISO 8601 with an offset, such as 2025-05-21T15:30:00-05:00");
  return instant;
}

interface ExportFlags {
  readonly url: string;
  readonly sandbox: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly controlToken?: string;
}

/** Writes the world of a running mock as a fixture, which loads again to an equal world. */
export async function exportFixtures({ url, sandbox, out, force, controlToken }: ExportFlags): Promise<void> {
  checkOutput(out, { force });
  if (!isHttpUrl(url)) {
    throw new CommandError("--url is where the mock is, such as http://localhost:4010");
  }
  const [, server = "", named] = /^(.*?)(?:\/s\/([\w-]+))?\/*$/.exec(url) ?? []; // the URL of a sandbox names it
  const name = named ?? sandbox;
  if (!SANDBOX_NAME.test(name)) throw new CommandError(SANDBOX_NAME_RULE);
  await writeDocument(documentParts(await readState(server, name, controlToken)), out);
  sayWritten(out);
}

/** Asking a sandbox that is not there would open it. */
async function readState(server: string, name: string, controlToken: string | undefined): Promise<LongDocument> {
  try {
    const connection = new ControlConnection(sendByHttp, controlToken);
    const { sandboxes } = await connection.call<{ sandboxes?: readonly { name: string }[] }>(
      baseOf(server),
      "GET",
      "/sandboxes",
    );
    if (!Array.isArray(sandboxes)) throw new CommandError(`it is not linq-mock that answers at ${server}`);
    const names = sandboxes.map((sandbox) => sandbox.name);
    if (!names.includes(name)) throw new CommandError(`there is no sandbox ${name}; there are ${names.join(", ")}`);
    return await new TestSandbox(server, name, controlToken).state();
  } catch (error) {
    throw new CommandError(messageOf(error).replace(/^linq-mock: /, ""));
  }
}
