import { CommandError } from "../command-line/command-error";
import type { LogLevel } from "../server/logger";

/** As commander reads them. */
export interface ProxyFlags {
  readonly target?: string;
  readonly port: number;
  readonly host: string;
  readonly allow: readonly string[];
  readonly recipient: readonly string[];
  readonly rate?: number;
  readonly timeout?: number;
  readonly strict?: boolean;
  /** A file that is not there yet. */
  readonly record?: string;
  readonly fallback?: boolean;
  readonly fixtures?: string;
  readonly cors: readonly string[];
  readonly allowHost: readonly string[];
  readonly log: LogLevel;
  readonly jsonLog?: boolean;
}

/** The target that flags name. @throws CommandError when they say nothing together */
export function requireTarget({ target, allow, recipient, fallback, fixtures }: ProxyFlags): string {
  if (target === undefined) throw new CommandError("there is nothing to pass requests on to; name it with --target <url>");
  const reaches = allow.includes("send") || allow.includes("visible");
  if (reaches && recipient.length === 0) {
    throw new CommandError("--allow send and --allow visible need somebody to be reached; name each with --recipient");
  }
  if (recipient.length > 0 && allow.length === 0) {
    throw new CommandError("--recipient names somebody who may be reached, which needs --allow writes, visible or send");
  }
  if (fixtures !== undefined && !fallback) throw new CommandError("--fixtures is the world of the mock; add --fallback");
  return target;
}
