import { listen } from "../server/listen";
import { createLogger, type LogLevel } from "../server/logger";
import { isLoopback } from "../server/loopback";
import { amount } from "../server/printable-text";
import { API_VERSIONS } from "../versions";
import { AnswerTable } from "./answers";
import { createReplayApp } from "./app";
import { readRecorded } from "./read-recording";

export interface ReplayOptions {
  /** What is in the HAR file, and what the file is called in messages. */
  readonly text: string;
  readonly name: string;
  readonly port: number;
  readonly host: string;
  readonly log: LogLevel;
}

/** A server that answers from a recording. */
export interface Replay {
  readonly url: string;
  /** What there is to say of the recording. */
  readonly recording: string;
  /** Stops listening. Returns what was asked for and what was not. */
  stop(): Promise<string>;
}

/** Serves what was recorded. @throws TargetError when nothing is, or a system error, such as EADDRINUSE, when it cannot listen */
export async function startReplay({ text, name, port, host, log }: ReplayOptions): Promise<Replay> {
  const { answers, ignored, unanswered, lost } = readRecorded(text, name);
  const table = new AnswerTable(answers);
  const logger = createLogger(log);
  const options = { tokens: [], origins: [], hosts: [host], controlToken: undefined, reachable: !isLoopback(host) };
  const { url, stop } = await listen(createReplayApp(table, logger, options), {
    host,
    port,
    versions: API_VERSIONS,
    log: logger,
  });
  const unused = Object.values(ignored).reduce((sum, count) => sum + count, 0);
  const facts = [
    amount(answers.length, "recorded call"),
    ...(unanswered > 0 ? [`${unanswered} of them had got no answer, and get 502`] : []),
    ...(unused > 0 ? [`${unused} entries are of other addresses, or without a body`] : []),
    ...(lost > 0 ? ["the file was cut off: its last entry is lost, and whatever was to follow"] : []),
  ];
  return {
    url,
    recording: `${name}: ${facts.join("; ")}`,
    stop: async () => {
      await stop();
      logger.flush();
      return table.summary();
    },
  };
}
