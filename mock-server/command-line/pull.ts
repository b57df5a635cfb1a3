import { TargetError } from "../../contracts/client/errors";
import { pullFixture } from "../../fixtures/pull/pull";
import { pullRecording } from "../../fixtures/pull/pull-recording";
import type { PullReport, ReadKind, ReplacedKind } from "../../fixtures/pull/report";
import { partsOf } from "../../fixtures/write/format-document";
import type { LongDocument } from "../../fixtures/write/to-document";
import { CommandError, readText, readToken } from "./input";
import { ProgressLine } from "./progress-line";
import { checkOutput, writeDocument } from "./write-document";

interface PullFlags {
  readonly target?: string;
  readonly har?: string;
  readonly line: readonly string[];
  readonly out: string;
  readonly rate: number;
  readonly tokenStdin?: boolean;
  readonly anonymize: boolean;
  readonly restart?: boolean;
}

/** Reads an account of a server, or a recording of one, into a fixture, and says what was replaced. */
export async function pullFixtures({ target, har, ...flags }: PullFlags): Promise<void> {
  checkOutput(flags.out);
  if (target !== undefined && har !== undefined) throw new CommandError("--har reads a recording; leave out --target");
  if (har !== undefined) return pullFromRecording(har, flags);
  if (target === undefined)
    throw new CommandError("there is nothing to read; name a server with --target, or a recording with --har");
  await pullFromServer(target, flags);
}

type OtherFlags = Omit<PullFlags, "target" | "har">;

async function pullFromRecording(har: string, { line: lines, out, anonymize }: OtherFlags): Promise<void> {
  try {
    const { document, report } = await pullRecording({ text: readText(har), name: har, lines, anonymize });
    await writePulled(document, report, out);
  } catch (error) {
    throw error instanceof TargetError ? new CommandError(error.message) : error;
  }
}

async function pullFromServer(target: string, given: OtherFlags): Promise<void> {
  const { tokenStdin: _, line, out, ...flags } = given;
  const token = await readToken(given);
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());
  const progress = new ProgressLine();
  try {
    const { document, report, finish } = await pullFixture({
      ...flags,
      target,
      token,
      out,
      lines: line,
      signal: stopping.signal,
      onProgress: ({ requests, chats, waitingMs = 0 }) => {
        const asked = `${requests} ${requests === 1 ? "request" : "requests"}`;
        const waiting = waitingMs > 0 ? `, waiting ${Math.ceil(waitingMs / 1000)} s` : "";
        progress.show(`${chats.total === 0 ? asked : `chats, ${asked}`}${waiting}`, chats.done, chats.total);
      },
    });
    progress.end();
    await writePulled(document, report, out);
    finish();
  } catch (error) {
    progress.end();
    throw error instanceof TargetError ? new CommandError(error.message) : error;
  }
}

async function writePulled(document: LongDocument, report: PullReport, out: string): Promise<void> {
  await writeDocument(partsOf(document), out, report.anonymized ? {} : { mode: 0o600 });
  process.stderr.write(`${describePullReport(report)}Written: ${out}\n`);
}

const READ: Readonly<Record<ReadKind, [one: string, many: string]>> = {
  users: ["user", "users"],
  lines: ["line", "lines"],
  contacts: ["contact", "contacts"],
  chats: ["chat", "chats"],
  messages: ["message", "messages"],
  webhookSubscriptions: ["webhook subscription", "webhook subscriptions"],
};
const REPLACED: Readonly<Record<ReplacedKind, [one: string, many: string]>> = {
  numbers: ["phone number", "phone numbers"],
  emails: ["e-mail address", "e-mail addresses"],
  names: ["name", "names"],
  imageUrls: ["image URL", "image URLs"],
  texts: ["text", "texts"],
  attachments: ["attachment name and URL", "attachment names and URLs"],
  webhookUrls: ["webhook URL", "webhook URLs"],
};

const SHOWN = 20;

/** A report for people, some lines of text. */
export function describePullReport(report: PullReport): string {
  const { anonymized, read, replaced, kept, unavailable, notes, requests, retries, resumedChats, missing } = report;
  const lines = [
    `Read: ${counted(read, READ)}.`,
    anonymized ? `Replaced: ${counted(replaced, REPLACED)}.` : notAnonymized(counted(replaced, REPLACED)),
    ...(report.textsWithoutLetters > 0
      ? [`Without anything to replace: ${number(report.textsWithoutLetters, ["text", "texts"])}.`]
      : []),
    ...(anonymized ? [`Kept as they were: ${kept.join(", ")}.`] : []),
    `Not told by this API: ${unavailable.join(", ")}.`,
    ...Object.entries(notes).map(([note, times]) => `Changed: ${times} ${note}.`),
    ...(missing === undefined
      ? [`${number(requests, ["request", "requests"])}, ${number(retries, ["of them a repetition", "of them repetitions"])}.`]
      : [
          `${number(requests, ["recorded call", "recorded calls"])}.`,
          ...shortened(missing).map((what) => `Missing: ${what}.`),
        ]),
    ...(report.problem === undefined ? [] : [`To be put right by hand: ${report.problem}`]),
    ...(resumedChats > 0 ? [`Resumed: ${number(resumedChats, ["chat was", "chats were"])} there already.`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function shortened(missing: readonly string[]): string[] {
  const more = missing.length - SHOWN;
  return more > 0 ? [...missing.slice(0, SHOWN), `and ${number(more, ["thing", "things"])} more`] : [...missing];
}

function notAnonymized(replaced: string): string {
  return `NOT anonymised: names, numbers and texts of real people are in the fixture. Replaced: ${replaced}.`;
}

function counted<K extends string>(counts: Readonly<Record<K, number>>, names: Readonly<Record<K, [string, string]>>): string {
  const kinds = Object.keys(names) as K[];
  const some = kinds.filter((kind) => counts[kind] > 0).map((kind) => number(counts[kind], names[kind]));
  return some.join(", ") || "nothing";
}

function number(count: number, [one, many]: readonly [string, string]): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}
