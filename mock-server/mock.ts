import type { Express } from "express";
import { describePlace, describeProblem } from "../fixtures/fixture-error";
import defaultSeed from "../fixtures/generated/default-seed.json";
import type { FixtureDocument } from "../fixtures/generated/fixture-document";
import { type LoadedFixtures, type LoadOptions, readFixtureDocument, readFixtures } from "../fixtures/read";
import type { WorldRecords } from "../fixtures/records";
import { deliveryView } from "./control/delivery-view";
import { createHttpApp } from "./http/app";
import { createLogger, type Logger, type LogLevel } from "./logger";
import { Clock, readClockSetting } from "./state/clock";
import { Sandboxes } from "./state/sandboxes";
import { createSeed } from "./state/seed";
import type { WorldSettings } from "./state/world";
import { openCourier } from "./webhooks/courier";
import { EventSender } from "./webhooks/event-sender";

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
  /** What event ids follow from, so that they are the same each time. Default: they are random. */
  readonly seed?: number;
  /** Whether the availability check is limited, as the vendor's is. Default: true. */
  readonly rateLimits?: boolean;
  /** Hosts that webhooks may go to, beside this machine. */
  readonly allowWebhookHosts?: readonly string[];
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
  readonly controlToken: string | undefined;
  /** Ends every sandbox, once their deliveries in flight have ended, or the signal says that it was long enough. */
  stop(impatience: AbortSignal): Promise<void>;
}

/**
 * Puts a mock together. `reachable` says whether other machines can reach it; its control API is then closed without a token.
 *
 * @throws FixtureError when the fixtures cannot be served, RangeError when the clock is no time
 */
export function createMock(options: MockOptions, { reachable }: { reachable: boolean }): Mock {
  const log = createLogger(options.log ?? "silent", options.jsonLog ? "json" : "text");
  const clock = readClockSetting(options.clock ?? "real");
  const { records, warnings } = loadFixtures(options.fixtures, { now: new Clock(clock).now() });
  for (const warning of warnings) log.warn(`fixtures: ${describePlace(warning)}: ${describeProblem(warning)}`);
  const settings: WorldSettings = {
    clock,
    chance: options.seed === undefined ? undefined : String(options.seed),
    rateLimits: options.rateLimits ?? true,
    webhookHosts: options.allowWebhookHosts ?? [],
  };
  const sender = new EventSender();
  const sandboxes = new Sandboxes(createSeed(records), settings, (world, feed) =>
    openCourier(world, feed, { sender, log, describeDelivery: deliveryView }),
  );
  const app = createHttpApp(sandboxes, log, {
    tokens: options.tokens ?? [],
    origins: options.cors ?? [],
    hosts: options.allowHosts ?? [],
    controlToken: options.controlToken,
    reachable,
  });
  const stop = async (impatience: AbortSignal): Promise<void> => {
    await sandboxes.close(impatience);
    sender.close();
    const dropped = sandboxes.droppedDeliveries;
    if (dropped === 1) log.warn("1 webhook delivery was dropped, by a reset or by stopping");
    if (dropped > 1) log.warn(`${dropped} webhook deliveries were dropped, by resets or by stopping`);
  };
  const { controlToken } = options;
  return { app, sandboxes, records, log, controlClosed: reachable && controlToken === undefined, controlToken, stop };
}

function loadFixtures(fixtures: MockOptions["fixtures"], options: LoadOptions): LoadedFixtures {
  if (fixtures === undefined) return { records: defaultSeed as unknown as WorldRecords, warnings: [] }; // checked when it was generated
  return typeof fixtures === "string" ? readFixtures(fixtures, options) : readFixtureDocument(fixtures, options);
}
