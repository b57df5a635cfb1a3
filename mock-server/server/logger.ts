import { DEFAULT_SANDBOX } from "../world/sandboxes";
import { printable } from "./printable-text";

export const LOG_LEVELS = ["silent", "error", "warn", "info", "debug"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LogOptions {
  /** Default: `silent`. */
  readonly log?: LogLevel;
  /** Whether to log JSON records on stdout instead of text on stderr. */
  readonly jsonLog?: boolean;
}

/** One answered request, as it is logged. */
export interface RequestEntry {
  readonly requestId: string;
  readonly method: string;
  /** Its query is logged at `debug` only: it holds people's numbers. */
  readonly url: string;
  readonly status: number;
  readonly ms: number;
  readonly operation: string | undefined;
  readonly sandbox: string | undefined;
  /** Why the request was refused. */
  readonly reason: string | undefined;
  readonly hint: string | undefined;
  /** The faults that touched the answer. */
  readonly fault?: string | undefined;
  /** Where the inbox shows it. */
  readonly page?: string | undefined;
  /** Whether it is for `debug` alone, when it goes well. */
  readonly isQuiet?: boolean;
  /** How the exchange breaks the contract; of a proxy alone. */
  readonly violation?: string | undefined;
}

/** Where the mock tells people what happens. Tokens and message texts never get here; a hint may name a number. */
export interface Logger {
  request(entry: RequestEntry): void;
  /** Says at every level but `silent` what whoever started the mock must know: people by the text, programs by the facts. */
  announce(text: string, facts: Readonly<Record<string, unknown>>): void;
  info(text: string): void;
  warn(text: string): void;
  error(text: string, error?: unknown): void;
  /** Writes what is still held back. */
  flush(): void;
}

export const SILENT: Logger = { request() {}, announce() {}, info() {}, warn() {}, error() {}, flush() {} };

/** As {@link createLogger} or, for programs, with a JSON record per event on stdout. */
export async function importLogger({ log = "silent", jsonLog }: LogOptions): Promise<Logger> {
  return jsonLog ? (await import("./json-logger")).createJsonLogger(log) : createLogger(log);
}

/** One line per event on stderr, for people. */
export function createLogger(level: LogLevel): Logger {
  if (level === "silent") return SILENT;
  const out = lineBuffer(process.stderr);
  const paint = process.stderr.hasColors?.() ? painted : plain; // not into a file or a pipe, nor with NO_COLOR
  const line = (text: string): void => out.write(`${paint("dim", timeNow())} ${text}`);
  const enabled = (at: LogLevel): boolean => LOG_LEVELS.indexOf(at) <= LOG_LEVELS.indexOf(level);
  return {
    request(entry) {
      if (enabled(levelOf(entry))) line(requestLine(entry, (enabled("debug") ? printable : withoutQuery)(entry.url), paint));
    },
    announce: (text) => out.write(text),
    info(text) {
      if (enabled("info")) line(text);
    },
    warn(text) {
      if (enabled("warn")) line(paint("yellow", text));
    },
    error(text, error) {
      line(`${paint("red", text)}${error instanceof Error ? `\n${error.stack}` : ""}`);
    },
    flush: out.flush,
  };
}

const COLORS = { dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
type Paint = (color: keyof typeof COLORS, text: string) => string;
const plain: Paint = (_, text) => text;
const painted: Paint = (color, text) => `\u001b[${COLORS[color]}m${text}\u001b[0m`;
const COLOR_OF = { error: "red", warn: "yellow", info: "green", debug: "dim" } as const;

/** Of the machine, as people there read it: `15:04:05.678`. */
function timeNow(): string {
  const now = new Date();
  const milliseconds = String(now.getMilliseconds()).padStart(3, "0");
  return `${twoDigits(now.getHours())}:${twoDigits(now.getMinutes())}:${twoDigits(now.getSeconds())}.${milliseconds}`;
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}

function requestLine(entry: RequestEntry, url: string, paint: Paint): string {
  const { requestId, method, status, ms, operation, sandbox, reason, hint, fault, violation, page } = entry;
  const parts = [
    method,
    url,
    paint(COLOR_OF[levelOf(entry)], String(status)),
    `${ms.toFixed(1)} ms`,
    operation ?? "-",
    requestId,
  ];
  if (sandbox !== undefined && sandbox !== DEFAULT_SANDBOX) parts.push(`sandbox: ${sandbox}`);
  if (reason !== undefined) parts.push(`reason: ${printable(reason)}`);
  if (fault !== undefined) parts.push(`fault: ${fault}`);
  if (violation !== undefined) parts.push(paint("red", `violation: ${violation}`));
  if (hint !== undefined) parts.push(paint("cyan", `hint: ${hint}`));
  if (page !== undefined) parts.push(page);
  return parts.join(" ");
}

/** A URL as it is logged where people's numbers are not. */
export function withoutQuery(url: string): string {
  const [path = ""] = url.split("?", 1);
  return printable(path);
}

export function levelOf({
  status,
  violation,
  isQuiet,
}: Pick<RequestEntry, "status" | "violation" | "isQuiet">): Exclude<LogLevel, "silent"> {
  if (status >= 500) return "error";
  if (status >= 400 || violation !== undefined) return "warn";
  return isQuiet ? "debug" : "info";
}

/** Gathers the lines of one turn of the event loop into one write. */
function lineBuffer(stream: NodeJS.WritableStream): { write(line: string): void; flush(): void } {
  let held = "";
  const flush = (): void => {
    if (held === "") return;
    stream.write(held);
    held = "";
  };
  const write = (line: string): void => {
    if (held === "") setImmediate(flush);
    held += `${line}\n`;
  };
  return { write, flush };
}
