import { nearest } from "../../contracts/spelling-suggestion";
import type { FixtureDocument } from "../../fixtures/generated/fixture-document";
import type { Fixture } from "../../fixtures/load/fixture-layers";
import { shippedSeed } from "../../fixtures/seeds";
import { PAGINATIONS, type Pagination, WEBHOOK_ORDERS, type WebhookOrder } from "../world/settings";
import { LOG_LEVELS, type LogOptions } from "./logger";
import type { WebhookOption } from "./webhook-option";

export const DEFAULT_MAX_MEMORY_MB = 512;

export interface MockOptions extends LogOptions {
  /**
   * A fixture file or folder, the name of a shipped world, or a document; of several, later ones add to earlier ones. Default: the shipped world of a
   * small organization.
   */
  readonly fixtures?: Fixture | readonly Fixture[];
  /** The only tokens that are accepted, beside those of sandboxes. Default: any. */
  readonly tokens?: readonly string[];
  /** Origins of web pages that may read answers, beside pages of this machine; `off` allows none, `*` all. */
  readonly cors?: readonly string[];
  /** Host names that are served beside those of this machine. */
  readonly allowHosts?: readonly string[];
  /** Required by `/__mock` when set, as `Authorization: Bearer`. */
  readonly controlToken?: string;
  /** `real`, or the time, ISO 8601 or a Date, at which the clock stands still. Default: `real`. */
  readonly clock?: string | Date;
  /** What event ids follow from, so that they are the same each time. Default: they are random. */
  readonly seed?: number;
  /** Whether the availability check is limited, as the vendor's is. Default: true. */
  readonly rateLimits?: boolean;
  /** What goes wrong, beside what the fixtures say: fault rules, and names of profiles. A reset goes back to them. */
  readonly faults?: NonNullable<FixtureDocument["faults"]>;
  /**
   * How many MB of uploads, journals, deliveries, snapshots and unread events are kept, of all sandboxes together; over it the oldest go.
   * Default: 512.
   */
  readonly maxMemory?: number;
  /** Hosts that webhooks may go to, beside this machine. */
  readonly allowWebhookHosts?: readonly string[];
  /** Who gets every event of V2, in every sandbox and over resets: `<url>`, `<url>=<secret>`, or `{ url, secret, version }`; with `v3:` in front, of V3. */
  readonly webhooks?: readonly WebhookOption[];
  /** `as-sent` starts each webhook at once, as the vendor does; `in-order` starts it when the one before was answered. Default: `as-sent`. */
  readonly webhookOrder?: WebhookOrder;
  /** `refuse` answers 400 to a `page` or `per_page` that is no integer of at least 1; `clamp` serves page 1, or 25 entries. Default: `refuse`. */
  readonly pagination?: Pagination;
  /** Whether V3 has the limits of the vendor's sandbox: people must write first, and 100 messages a day go out. Default: false. */
  readonly vendorSandbox?: boolean;
  /** Whether what is sent by one version of the API is not shown by the other. Default: false. */
  readonly isolateVersions?: boolean;
}

export interface MockServerOptions extends MockOptions {
  /** Default: 0, which takes any free port. */
  readonly port?: number;
  /** The address to listen on. Default: `localhost`, which is 127.0.0.1 and ::1. */
  readonly host?: string;
  /** Whether a changed fixture file is loaded again. Needs a path among the `fixtures`. */
  readonly watch?: boolean;
}

/** A scheme, a host and perhaps a port; or one of the words that stand for several. */
export function isOrigin(value: string): boolean {
  return ["off", "*", "null"].includes(value) || /^[a-z][a-z\d+.-]*:\/\/[^/?#\s]+$/.test(value);
}

const isText = (value: unknown): boolean => typeof value === "string" && value.trim() !== "";
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);

/** A name or an address, without scheme, port and path. */
export function isHostName(value: string): boolean {
  return /^[\w.-]+$|^\[?[\da-f:.]+\]?$/i.test(value);
}

const isMoment = (value: unknown): boolean => value instanceof Date && !Number.isNaN(value.getTime());
const areHostNames = (value: unknown): boolean => isTexts(value) && (value as string[]).every(isHostName);

/** What each option must be, for callers whom no compiler tells. */
const DEMANDS: Readonly<Record<string, readonly [isGood: (value: unknown) => boolean, demand: string]>> = {
  fixtures: [
    (value) => [value].flat().every((one) => isText(one) || (typeof one === "object" && one !== null)) && !isEmpty(value),
    "a path or a fixture document, or an array of them",
  ],
  port: [(value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535, "a number from 0 to 65535"],
  host: [isText, "an address or a host name"],
  watch: [(value) => typeof value === "boolean", "a boolean"],
  tokens: [isTexts, "an array of tokens, none of them blank"],
  cors: [
    (value) => isTexts(value) && (value as string[]).every(isOrigin),
    "an array of origins, such as https://app.example:8443",
  ],
  allowHosts: [areHostNames, "an array of host names"],
  controlToken: [isText, "a token that is not blank"],
  clock: [(value) => isText(value) || isMoment(value), '"real", an ISO 8601 time or a Date'],
  seed: [(value) => Number.isSafeInteger(value), "a whole number"],
  rateLimits: [(value) => typeof value === "boolean", "a boolean"],
  faults: [Array.isArray, "an array of fault rules and names of profiles"],
  maxMemory: [(value) => Number.isSafeInteger(value) && Number(value) > 0, "a whole number of MB, 1 or more"],
  allowWebhookHosts: [areHostNames, "an array of host names"],
  webhooks: [
    (value) => Array.isArray(value) && value.every((one) => isText(one) || isText(one?.url)),
    'an array of URLs, such as "http://localhost:3000/hook" or "http://localhost:3000/hook=secret"',
  ],
  webhookOrder: [(value) => WEBHOOK_ORDERS.some((order) => order === value), `one of ${WEBHOOK_ORDERS.join(", ")}`],
  pagination: [(value) => PAGINATIONS.some((one) => one === value), `one of ${PAGINATIONS.join(", ")}`],
  vendorSandbox: [(value) => typeof value === "boolean", "a boolean"],
  isolateVersions: [(value) => typeof value === "boolean", "a boolean"],
  log: [(value) => LOG_LEVELS.some((level) => level === value), `one of ${LOG_LEVELS.join(", ")}`],
  jsonLog: [(value) => typeof value === "boolean", "a boolean"],
};

/** Flags whose options have other names. */
const OPTIONS_OF_FLAGS: Readonly<Record<string, string>> = {
  sandbox: "vendorSandbox",
  profile: "faults",
  fault: "faults",
  token: "tokens",
  webhook: "webhooks",
};

/** @throws TypeError naming the option that is unknown, or what it must be */
export function checkOptions(options: { readonly watch?: boolean; readonly fixtures?: unknown }): void {
  if (typeof options !== "object" || options === null) {
    const meant = DEMANDS["port"]?.[0](options) ? `{ port: ${options} }` : "{ fixtures }";
    throw new TypeError(`linq-mock: options are an object, such as ${meant}, not ${JSON.stringify(options)}`);
  }
  for (const [name, value] of Object.entries(options)) {
    const demand = Object.hasOwn(DEMANDS, name) ? DEMANDS[name] : undefined;
    if (!demand) {
      const ofFlag = Object.hasOwn(OPTIONS_OF_FLAGS, name) ? OPTIONS_OF_FLAGS[name] : undefined;
      if (ofFlag !== undefined) throw new TypeError(`linq-mock has no option ${name}; --${name} is the option ${ofFlag}`);
      const meant = nearest(name, Object.keys(DEMANDS));
      throw new TypeError(`linq-mock has no option ${name}${meant === undefined ? "" : `; did you mean ${meant}?`}`);
    }
    if (value !== undefined && !demand[0](value)) throw new TypeError(`linq-mock: the option ${name} must be ${demand[1]}`);
  }
  if (options.watch && pathsOf(options.fixtures).length === 0) {
    throw new TypeError(
      "linq-mock: watch needs a file or a folder among the fixtures; shipped worlds and documents do not change",
    );
  }
}

/** Options of a server that listens, and not of a mock as such. */
const OF_A_SERVER = ["port", "host", "watch"];

/** @throws TypeError as {@link checkOptions}, and for the options of a server */
export function checkAppOptions(options: object): void {
  checkOptions(options);
  const [name] = OF_A_SERVER.filter((one) => Object.hasOwn(options, one));
  if (name !== undefined)
    throw new TypeError(`linq-mock: createApp has no option ${name}; startMockServer has, and listens itself`);
}

/** The files and folders among fixtures: what may change. */
export function pathsOf(fixtures: unknown): string[] {
  return [fixtures].flat().filter((one): one is string => typeof one === "string" && !shippedSeed(one));
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
