import { CommandError } from "../command-line/input";
import { SILENT } from "../server/logger";
import { createMock } from "../server/mock";
import { withWorldLoader } from "../server/world-loader";
import { API_VERSIONS } from "../versions";
import { reasonNotAllowed } from "../webhooks/receiver-policy";
import { isHttpUrl } from "../world/attachments";
import { DEFAULT_SANDBOX } from "../world/sandboxes";
import { examOf } from "./checks";
import { type Exam, examine, NoExam } from "./examine";

interface ExamFlags {
  readonly secret?: string;
  readonly apiVersion: string;
  /** The same, as some write it. */
  readonly version?: string;
  readonly allowWebhookHost: readonly string[];
  readonly json?: boolean;
}

/** Examines a receiver with the webhooks of the shipped world, and prints its grade. Exit code 1 when it has failed something. */
export async function runExam(url: string, flags: ExamFlags): Promise<void> {
  const { secret, allowWebhookHost, json } = flags;
  const wanted = flags.version ?? flags.apiVersion;
  if (!isHttpUrl(url))
    throw new CommandError(`a receiver is an http or https URL, such as http://localhost:3000/hook, not ${url}`);
  const notAllowed = reasonNotAllowed(url, { webhookHosts: allowWebhookHost, reachable: false });
  if (notAllowed !== undefined) throw new CommandError(`${url} gets nothing: ${notAllowed}`);
  const version = API_VERSIONS.find(({ name }) => name === wanted);
  if (!version)
    throw new CommandError(`there is no version ${wanted}; there is ${API_VERSIONS.map(({ name }) => name).join(", ")}`);
  const surroundings = { reachable: false, log: SILENT, versions: API_VERSIONS };
  const mock = await withWorldLoader({}, (reader) => createMock({}, { ...surroundings, reader }));
  try {
    const exam = await examine(mock.sandboxes.open(DEFAULT_SANDBOX).world, {
      ...{ url, secret, version, versions: API_VERSIONS },
      onCheck: (title, number) => process.stderr.write(`${number} of ${examOf(version).length}: ${title}\n`),
    });
    process.stdout.write(json ? `${JSON.stringify(exam, undefined, 2)}\n` : asText(exam));
    if (exam.checks.some(({ result }) => result === "failed")) process.exitCode = 1;
  } catch (error) {
    throw error instanceof NoExam ? new CommandError(error.message) : error;
  } finally {
    await mock.stop(AbortSignal.abort());
  }
}

function asText({ url, grade, checks }: Exam): string {
  const width = Math.max(...checks.map(({ title }) => title.length));
  const lines = checks.flatMap(({ result, title, reason, advice }) => [
    `${result.replace("_", " ").padEnd("not asked".length)}  ${title.padEnd(width)}  ${reason}`,
    ...(advice === null ? [] : [`${" ".repeat("not asked  ".length)}-> ${advice}`]),
  ]);
  return `${lines.join("\n")}\n\nGrade ${grade}: ${url}\n`;
}
