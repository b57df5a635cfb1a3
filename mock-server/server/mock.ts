import { randomUUID } from "node:crypto";
import type { Express } from "express";
import { describePlace, describeProblem, FixtureError, fileError, problemText } from "../../fixtures/load/problem";
import type { LoadedFixtures } from "../../fixtures/load/read-document";
import type { LoadOptions } from "../../fixtures/resolve/resolve";
import { deliveryView } from "../control/deliveries";
import { eventData } from "../control/event-data";
import { webhookEventView } from "../control/webhook-events";
import { openDispatcher } from "../webhooks/open-dispatcher";
import { reasonNotAllowed } from "../webhooks/receiver-policy";
import { EventSender } from "../webhooks/sender";
import { FileVault } from "../world/attachments";
import { Clock } from "../world/clock";
import { type ClockSetting, readClockSetting } from "../world/clock-setting";
import type { WorldEvent } from "../world/events";
import { magicServices } from "../world/magic-values";
import { Memory } from "../world/memory-limits";
import type { WorldRecords } from "../world/model";
import { Sandboxes } from "../world/sandboxes";
import { createSeed, futureOfData, type Seed } from "../world/seed";
import type { WorldSettings } from "../world/settings";
import type { PermanentWebhook } from "../world/subscriptions";
import type { World } from "../world/world";
import type { ApiVersions } from "./api-version";
import { createHttpApp } from "./app";
import type { Logger } from "./logger";
import { DEFAULT_MAX_MEMORY_MB, type MockOptions } from "./options";
import { readWebhook, WebhookOptionError } from "./webhook-option";
import type { WorldLoader } from "./world-loader";

/** What only the process that serves the mock can say of it. */
interface MockSurroundings {
  /** Whether other machines can reach it; its control API is then closed without a token. */
  readonly reachable: boolean;
  readonly log: Logger;
  readonly reader: WorldLoader;
  /** Told how far loading is. */
  readonly onProgress?: LoadOptions["onProgress"];
  readonly versions: ApiVersions;
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
  /** Loads the fixtures again. When they can be served, every sandbox gets the new world, as by a reset; else the old one stays. */
  reload(): void;
  /** The files and folders that the fixtures extend. */
  extended(): readonly string[];
  /** Ends every sandbox, once their deliveries in flight have ended, or the signal says that it was long enough. */
  stop(timeout: AbortSignal): Promise<void>;
}

/**
 * Puts a mock together.
 *
 * @throws FixtureError when the fixtures cannot be served, RangeError when the clock is no time
 */
export function createMock(options: MockOptions, { reachable, log, reader, onProgress, versions }: MockSurroundings): Mock {
  const clock = readClockSetting(options.clock ?? "real");
  const load = worldLoader(clock, { reader, log, onProgress });
  const { records, seed, extended: extendedAtFirst = [] } = load();
  let extended = extendedAtFirst;
  const settings = worldSettings(options, {
    reachable,
    log,
    clock,
    pagination: options.pagination ?? versions[0].pagination,
    webhooks: permanentWebhooks(options, versions, reachable),
    faults: reader.readFaults(records, new Clock(clock).now()),
  });
  const sender = new EventSender();
  const describeEvent = (world: World, sandbox: string, event: WorldEvent): object =>
    eventData(world, sandbox, event, versions);
  const sandboxes = new Sandboxes(seed, settings, (world, feed) =>
    openDispatcher(world, feed, {
      ...{ sender, log, versions, describeEvent },
      describeDelivery: deliveryView,
      describeWebhookEvent: webhookEventView,
    }),
  );
  const app = createHttpApp(versions, sandboxes, log, {
    tokens: options.tokens ?? [],
    origins: options.cors ?? [],
    hosts: options.allowHosts ?? [],
    controlToken: options.controlToken,
    reachable,
  });
  const stop = async (timeout: AbortSignal): Promise<void> => {
    await sandboxes.close(timeout);
    sender.close();
    warnOfDropped(log, sandboxes.droppedDeliveries);
  };
  /** A world that cannot be served leaves the old one where it is. */
  const reload = (): void => {
    try {
      const loaded = load();
      extended = loaded.extended ?? [];
      sandboxes.reseed(loaded.seed, loaded.warnings);
      log.info("fixtures: the changed world is served, in every sandbox");
    } catch (error) {
      const { problems } = error instanceof FixtureError ? error : fileError(String(options.fixtures), String(error));
      sandboxes.keepSeed(problems);
      for (const problem of problems) log.error(`fixtures: ${problemText(problem).trimEnd()}`);
      log.error("fixtures: the old world is still served");
    }
  };
  const { controlToken } = options;
  const controlClosed = reachable && controlToken === undefined;
  return { app, reload, extended: () => extended, sandboxes, records, log, controlClosed, controlToken, stop };
}

/** Makes what loads the fixtures, as of when it is called. */
function worldLoader(
  clock: ClockSetting,
  { reader, log, onProgress }: Pick<MockSurroundings, "reader" | "log" | "onProgress">,
): () => LoadedFixtures & { readonly seed: Seed } {
  return () => {
    const now = new Clock(clock).now();
    const loaded = reader.load({ now, services: magicServices, onProgress });
    for (const warning of loaded.warnings) log.warn(`fixtures: ${describePlace(warning)}: ${describeProblem(warning)}`);
    const seed = createSeed(loaded.records, now);
    const future = futureOfData(seed, now);
    if (future !== undefined) log.warn(`clock: ${future}`);
    return { ...loaded, seed };
  };
}

function worldSettings(
  { maxMemory = DEFAULT_MAX_MEMORY_MB, seed, rateLimits, allowWebhookHosts, webhookOrder, ...options }: MockOptions,
  {
    log,
    ...known
  }: { readonly log: Logger } & Pick<WorldSettings, "reachable" | "clock" | "faults" | "pagination" | "webhooks">,
): WorldSettings {
  const memory = new Memory(maxMemory * 1024 * 1024, (dropped) => {
    const what = dropped.map(([kind, count]) => `${count} ${kind}`).join(", ");
    log.warn(`memory: no room beyond ${maxMemory} MB (--max-memory), so the oldest went: ${what}`);
  });
  return {
    ...known,
    randomSeed: seed === undefined ? undefined : String(seed),
    traceKey: String(seed ?? randomUUID()),
    idKey: "default",
    rateLimits: rateLimits ?? true,
    vendorSandbox: options.vendorSandbox ?? false,
    isolateVersions: options.isolateVersions ?? false,
    webhookHosts: allowWebhookHosts ?? [],
    webhookOrder: webhookOrder ?? "as-sent",
    memory,
    vault: new FileVault(memory),
    address: { url: "http://localhost" },
  };
}

/** Told by the version that each names, else by the first. @throws WebhookOptionError when a URL or a version is none, or the host is not allowed */
function permanentWebhooks(
  { webhooks = [], allowWebhookHosts = [] }: MockOptions,
  versions: ApiVersions,
  reachable: boolean,
): PermanentWebhook[] {
  return webhooks.map(readWebhook).map(({ version: named, ...webhook }) => {
    const notAllowed = reasonNotAllowed(webhook.url, { webhookHosts: allowWebhookHosts, reachable });
    if (notAllowed !== undefined)
      throw new WebhookOptionError(`The webhook ${webhook.url} gets nothing: ${notAllowed} (in code, allowWebhookHosts)`);
    const version = named === undefined ? versions[0] : versions.find(({ name }) => name === named);
    if (!version) {
      throw new WebhookOptionError(
        `The webhook ${webhook.url} is of the version ${named}; there are ${versions.map(({ name }) => name).join(", ")}`,
      );
    }
    return { ...webhook, version: version.name, events: version.eventTypes };
  });
}

function warnOfDropped(log: Logger, deliveries: number): void {
  if (deliveries === 1) log.warn("1 webhook delivery was dropped, by a reset or by stopping");
  if (deliveries > 1) log.warn(`${deliveries} webhook deliveries were dropped, by resets or by stopping`);
}
