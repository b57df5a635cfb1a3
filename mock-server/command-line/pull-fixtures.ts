import { TargetError } from "../../contracts/client/target-error";
import { partsOf } from "../../fixtures/format-document";
import { pullFixture } from "../../fixtures/pull/pull";
import { CommandError } from "./command-error";
import { describePullReport } from "./describe-pull-report";
import { ProgressLine } from "./progress-line";
import { readToken } from "./read-token";
import { checkOutput, writeDocument } from "./write-document";

export interface PullFlags {
  readonly target: string;
  readonly line: readonly string[];
  readonly out: string;
  readonly rate: number;
  readonly tokenStdin?: boolean;
  readonly anonymize: boolean;
  readonly restart?: boolean;
}

/** Reads an account of a server into a fixture, and says what was replaced. */
export async function pullFixtures(given: PullFlags): Promise<void> {
  const { tokenStdin: _, line, out, ...flags } = given;
  checkOutput(out);
  const token = await readToken(given);
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());
  const progress = new ProgressLine();
  try {
    const { document, report, finish } = await pullFixture({
      ...flags,
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
    await writeDocument(partsOf(document), out, report.anonymized ? {} : { mode: 0o600 });
    finish();
    process.stderr.write(`${describePullReport(report)}Written: ${out}\n`);
  } catch (error) {
    progress.end();
    throw error instanceof TargetError ? new CommandError(error.message) : error;
  }
}
