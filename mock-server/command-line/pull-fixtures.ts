import { TargetError } from "../../contracts/client/errors";
import { pullFixture } from "../../fixtures/pull/pull";
import type * as Recording from "../../fixtures/pull/pull-recording";
import type { PullReport } from "../../fixtures/pull/report";
import { partsOf } from "../../fixtures/write/format-document";
import type { LongDocument } from "../../fixtures/write/to-document";
import { CommandError } from "./command-error";
import { describePullReport } from "./describe-pull-report";
import { ProgressLine } from "./progress-line";
import { readText } from "./read-text";
import { readToken } from "./read-token";
import { checkOutput, writeDocument } from "./write-document";

export interface PullFlags {
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
  const { pullRecording } = require("../../fixtures/pull/pull-recording") as typeof Recording; // of no use to a mock
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
