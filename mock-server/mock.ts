import type { Express } from "express";
import defaultSeed from "../fixtures/generated/default-seed.json";
import type { FixtureDocument } from "../fixtures/generated/fixture-document";
import { readFixtureDocument, readFixtures } from "../fixtures/read";
import type { WorldRecords } from "../fixtures/records";
import { createHttpApp } from "./http/app";
import { createLogger, type Logger, type LogLevel } from "./logger";
import { createClock } from "./state/clock";
import { Sandboxes } from "./state/sandboxes";
import { createSeed } from "./state/seed";

export interface MockOptions {
  /** A fixture file or folder, or a document. Default: the shipped world of a small organization. */
  readonly fixtures?: string | FixtureDocument;
  /** The only tokens that are accepted, beside those of sandboxes. Default: any. */
  readonly tokens?: readonly string[];
  /** Origins of web pages that may read answers, beside pages of this machine; `off` allows none, `*` all. */
  readonly cors?: readonly string[];
  /** Host names that are served beside those of this machine. */
  readonly allowHosts?: readonly string[];
  /** Required by `/__mock` when set, as `Authorization: Bearer`. */
  readonly controlToken?: string;
  /** `real`, or the ISO 8601 time at which the clock stands still. Default: `real`. */
  readonly clock?: string;
  /** Default: `silent`. */
  readonly log?: LogLevel;
  /** Whether to log JSON records on stdout instead of text on stderr. */
  readonly jsonLog?: boolean;
}

/** A mock that is not listening yet: its worlds and its HTTP edge. */
export interface Mock {
  readonly app: Express;
  readonly sandboxes: Sandboxes;
  readonly records: WorldRecords;
  readonly log: Logger;
  /** Whether the control API is closed for want of a control token. */
  readonly controlClosed: boolean;
}

/**
 * Puts a mock together. `reachable` says whether other machines can reach it; its control API is then closed without a token.
 *
 * @throws FixtureError when the fixtures cannot be served, RangeError when the clock is no time
 */
export function createMock(options: MockOptions, { reachable }: { reachable: boolean }): Mock {
  const records = loadRecords(options.fixtures);
  const sandboxes = new Sandboxes(createSeed(records), () => createClock(options.clock ?? "real"));
  const log = createLogger(options.log ?? "silent", options.jsonLog ? "json" : "text");
  const app = createHttpApp(sandboxes, log, {
    tokens: options.tokens ?? [],
    origins: options.cors ?? [],
    hosts: options.allowHosts ?? [],
    controlToken: options.controlToken,
    reachable,
  });
  return { app, sandboxes, records, log, controlClosed: reachable && options.controlToken === undefined };
}

function loadRecords(fixtures: MockOptions["fixtures"]): WorldRecords {
  if (fixtures === undefined) return defaultSeed as unknown as WorldRecords; // checked when it was generated
  return typeof fixtures === "string" ? readFixtures(fixtures) : readFixtureDocument(fixtures);
}
