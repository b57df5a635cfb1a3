import { TargetError } from "../../contracts/client/errors";
import { pullFixture, pullRecording } from "../../fixtures/pull/pull";
import { describePullReport, type PullReport } from "../../fixtures/pull/report";
import { documentParts } from "../../fixtures/write/format-document";
import type { LongDocument } from "../../fixtures/write/to-document";
import { CommandError, readText, readToken } from "./input";
import { ProgressLine } from "./progress-line";
import { checkOutput, sayWritten, writeDocument } from "./write-document";

interface PullFlags {
  readonly target?: string;
  readonly har?: string;
  readonly line: readonly string[];
  readonly out: string;
  readonly rate: number;
  readonly tokenStdin?: boolean;
  readonly anonymize: boolean;
  readonly restart?: boolean;
  readonly force?: boolean;
}

/** Reads an account of a server, or a recording of one, into a fixture, and says what was replaced. */
export async function pullFixtures(flags: PullFlags): Promise<void> {
  const { target, har } = flags;
  checkOutput(flags.out, flags);
  if (target !== undefined && har !== undefined) throw new CommandError("--har reads a recording; leave out --target");
  if (target === undefined && har === undefined)
    throw new CommandError("there is nothing to read; name a server with --target, or a recording with --har");
  try {
    await (target !== undefined ? pullFromServer(target, flags) : pullFromRecording(har ?? "", flags));
  } catch (error) {
    throw error instanceof TargetError ? new CommandError(error.message) : error;
  }
}

async function pullFromRecording(har: string, { line: lines, out, anonymize }: PullFlags): Promise<void> {
  const { document, report } = await pullRecording({ text: readText(har), name: har, lines, anonymize });
  await writePulled(document, report, out);
}

async function pullFromServer(target: string, flags: PullFlags): Promise<void> {
  const { line: lines, out, rate, anonymize, restart = false } = flags;
  const token = await readToken(flags);
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());
  const progress = new ProgressLine();
  const pulling = pullFixture({
    target,
    token,
    lines,
    out,
    rate,
    anonymize,
    restart,
    signal: stopping.signal,
    onProgress: ({ requests, chats, waitingMs = 0 }) => {
      const sent = `${requests} ${requests === 1 ? "request" : "requests"}`;
      const waiting = waitingMs > 0 ? `, waiting ${Math.ceil(waitingMs / 1000)} s` : "";
      progress.show(`${chats.total === 0 ? sent : `chats, ${sent}`}${waiting}`, chats.done, chats.total);
    },
  });
  const { document, report, finish } = await pulling.finally(() => progress.end());
  await writePulled(document, report, out);
  finish();
}

async function writePulled(document: LongDocument, report: PullReport, out: string): Promise<void> {
  await writeDocument(documentParts(document), out, report.anonymized ? {} : { mode: 0o600 });
  process.stderr.write(describePullReport(report));
  sayWritten(out);
}
