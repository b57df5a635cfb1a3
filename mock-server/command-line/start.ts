import { Option } from "commander";
import type { FixtureFaultProfile, FixtureFaultRule } from "../../fixtures/generated/fixture-document";
import { version } from "../../package.json";
import { summariseAdvice } from "../advice/advise";
import { adviceRules } from "../advice/rules";
import { describeRules } from "../faults/matching";
import { secretOf, versionOf } from "../server/api-version";
import { STOP_TIMEOUT_MS, stopSignal } from "../server/listen";
import { LOG_LEVELS, type LogLevel } from "../server/logger";
import { familiarUrl } from "../server/loopback";
import { DEFAULT_MAX_MEMORY_MB, pathsOf } from "../server/options";
import { CONTROL_PREFIX } from "../server/paths";
import { amount } from "../server/printable-text";
import { startMock } from "../server/start-mock-server";
import { examples } from "../v2/examples";
import { DEFAULT_PAGINATION } from "../v2/operations/list-page";
import { API_VERSIONS } from "../versions";
import { receiverAddress } from "../webhooks/why-no-webhook";
import type { FaultRule, Subscription, WorldRecords } from "../world/model";
import { participantsOf } from "../world/participants";
import { DEFAULT_SANDBOX } from "../world/sandboxes";
import { PAGINATIONS, type Pagination, WEBHOOK_ORDERS, type WebhookOrder } from "../world/settings";
import { collectFaults, parseProfile } from "./fault-flags";
import {
  collectWebhooks,
  ENVIRONMENT_PREFIX,
  fixturesFlag,
  flag,
  hostFlag,
  parseClock,
  parseHostName,
  parseMegabytes,
  parseOrigin,
  parseSeed,
  parseSwitch,
  parseText,
  portFlag,
  repeatable,
} from "./flags";
import { CommandError, explainFixtures } from "./input";
import { openInBrowser } from "./open-browser";
import { ProgressLine } from "./progress-line";

export interface StartFlags {
  readonly port: number;
  readonly host: string;
  readonly fixtures?: readonly string[];
  readonly watch?: boolean;
  readonly token: readonly string[];
  readonly cors: readonly string[];
  readonly allowHost: readonly string[];
  readonly clock: string;
  readonly log: LogLevel;
  readonly jsonLog?: boolean;
  readonly controlToken?: string;
  readonly seed?: number;
  readonly allowWebhookHost: readonly string[];
  readonly webhook: readonly string[];
  readonly webhookOrder: WebhookOrder;
  readonly maxMemory: number;
  readonly pagination: Pagination;
  readonly rateLimits: boolean;
  readonly fault: readonly FixtureFaultRule[];
  readonly profile: readonly string[];
  readonly sandbox?: boolean;
  readonly isolateVersions?: boolean;
  readonly open?: boolean;
}

/** Serves the mock until a signal ends it. */
export async function start({
  token,
  allowHost,
  allowWebhookHost,
  webhook,
  fault,
  profile,
  ...flags
}: StartFlags): Promise<void> {
  if (flags.watch && !flags.fixtures) throw new CommandError("--watch needs --fixtures <file|folder>");
  if (flags.watch && pathsOf(flags.fixtures).length === 0) {
    throw new CommandError(`--watch needs a file or folder; the shipped world ${flags.fixtures?.[0]} does not change`);
  }
  const progress = new ProgressLine();
  const faults = [...(profile as FixtureFaultProfile[]), ...fault]; // whether there is such a profile is seen when it is armed
  const { open: _, sandbox, ...served } = flags;
  const options = {
    ...served,
    tokens: token,
    allowHosts: allowHost,
    allowWebhookHosts: allowWebhookHost,
    webhooks: webhook,
    faults,
    ...(sandbox && { vendorSandbox: true }),
  };
  const { server, mock } = await startMock(options, progress.show)
    .finally(() => progress.end())
    .catch((error: unknown) => {
      throw explainFixtures(error, flags.fixtures);
    });
  const webhooks = [...mock.sandboxes.open(DEFAULT_SANDBOX).world.permanentSubscriptions.values()];
  const unsecret = mock.records.subscriptions.filter(({ secret }) => secret === null);
  const made = [...webhooks.filter(({ secret }) => secret === null), ...unsecret].flatMap((one) => {
    const secret = secretOf(versionOf(API_VERSIONS, one), one);
    return secret === null ? [] : [{ url: receiverAddress(one.url), secret }];
  });
  mock.log.announce(
    banner({
      url: familiarUrl(server.url, flags.host),
      token: token.length === 0 ? "any-token" : "YOUR-TOKEN",
      unusual: [
        ...(flags.clock === "real" ? [] : [`the clock stands still at ${flags.clock} (--clock)`]),
        ...(sandbox ? ["V3 has the limits of the vendor's sandbox (--sandbox)"] : []),
        ...(flags.isolateVersions ? ["each version shows its own messages alone (--isolate-versions)"] : []),
      ],
      records: mock.records,
      ...{ webhooks, unsecret },
      faults: mock.sandboxes.open(DEFAULT_SANDBOX).world.faults.rules,
      controlClosed: mock.controlClosed,
    }),
    { version, url: server.url, ...(made.length > 0 && { webhook_secrets: made }) },
  );
  if (flags.open) openInBrowser(pageUrl(familiarUrl(server.url, flags.host)), mock.log.warn);
  await stopSignal();
  await server.stop({ timeoutMs: STOP_TIMEOUT_MS });
  const worlds = [...mock.sandboxes.values()].map(({ world }) => world);
  const summary = flags.log === "silent" ? "" : summariseAdvice(worlds, API_VERSIONS, adviceRules);
  process.stderr.write(summary, () => process.exit(0));
}

/** The flags of `linq-mock start`. */
export function startOptions(): Option[] {
  return [
    portFlag(),
    hostFlag(),
    fixturesFlag("the world to serve: your own, or a shipped one"),
    flag("--watch", "load a changed fixture again, if it can be served"),
    repeatable("--token <t>", "accept only this token, and in a sandbox its own; repeatable", parseText),
    repeatable(
      "--cors <origin|off>",
      "let pages of this origin read answers, beside local ones; * for all; repeatable",
      parseOrigin,
    ),
    repeatable("--allow-host <name>", "serve requests to this host name, too; repeatable", parseHostName),
    flag("--clock <real|time>", "the machine's clock, or an ISO 8601 time at which it stands still")
      .default("real")
      .argParser(parseClock),
    flag("--seed <n>", "a number that event ids follow from, so that they are the same each time").argParser(parseSeed),
    repeatable("--allow-webhook-host <name>", "deliver webhooks to this host, too; repeatable", parseHostName),
    flag(
      "--webhook <[v3:]url[=secret]>",
      "send this receiver every event of V2, or with v3: of V3, in every sandbox and over resets; repeatable",
    )
      .default([], "none")
      .argParser(collectWebhooks),
    flag("--webhook-order <order>", "start each webhook at once, as the vendor does, or when the one before was answered")
      .choices(WEBHOOK_ORDERS)
      .default("as-sent"),
    new Option("--fault <rule>", "something that goes wrong, such as 'latency ms=3000 operation=sendMessage'; repeatable")
      .env(`${ENVIRONMENT_PREFIX}FAULT`)
      .default([], "none")
      .argParser(collectFaults),
    repeatable("--profile <name>", "faults that belong together, such as carrier-slow; repeatable", parseProfile),
    flag(
      "--rate-limits <on|off>",
      "off lifts the limits of the API: availability checks and, in V3, messages a minute, card changes and the day of --sandbox",
    )
      .default(true, "on")
      .argParser(parseSwitch),
    flag(
      "--max-memory <MB>",
      "how much of uploads, journals, deliveries, snapshots and unread events to keep; the oldest go first",
    )
      .default(DEFAULT_MAX_MEMORY_MB)
      .argParser(parseMegabytes),
    flag("--pagination <way>", "answer 400 to a page that cannot be, or serve the nearest that can")
      .choices(PAGINATIONS)
      .default(DEFAULT_PAGINATION),
    flag("--sandbox", "give V3 the limits of the vendor's sandbox: people write first, 100 messages a day"),
    flag("--isolate-versions", "show what is sent by one version of the API not by the other"),
    flag("--open", "open the inbox in the browser"),
    flag("--log <level>", "how much to log; warn has refusals, info every request, debug its query")
      .choices(LOG_LEVELS)
      .default("info"),
    flag("--json-log", "log JSON records on stdout"),
    flag("--control-token <t>", "required by /__mock; needed there beyond loopback").argParser(parseText),
  ];
}

interface Started {
  readonly url: string;
  /** One that works and is no secret, or a word for it. */
  readonly token: string;
  readonly records: WorldRecords;
  /** Who is told everything. */
  readonly webhooks: readonly Subscription[];
  /** Subscriptions of fixtures that were given no secret. */
  readonly unsecret: readonly Subscription[];
  /** What goes wrong from the beginning. */
  readonly faults: readonly FaultRule[];
  /** What a forgotten flag or variable changes, without a trace in the records. */
  readonly unusual: readonly string[];
  /** Whether `/__mock` is closed for want of a control token. */
  readonly controlClosed: boolean;
}

/** What a person sees when the mock has started: where it is, what it holds, and a first command to copy. */
function banner({ url, token, records, webhooks, unsecret, faults, unusual, controlClosed }: Started): string {
  const { lines, contacts, chats, messages } = records;
  const [chat] = chats;
  const loaded = [
    amount(lines.length, "line"),
    amount(chats.length, "chat"),
    amount(messages.length, "message"),
    amount(contacts.length, "contact"),
  ].join(", ");
  const served = API_VERSIONS.map(({ name, prefix }) => `${name.toUpperCase()} at ${url}${prefix}`).join(" and ");
  const numbers = lines.slice(0, 5).map((line) => line.phoneNumber);
  return [
    `linq-mock ${version}: the Linq Partner API ${served}`,
    `loaded ${loaded}; lines ${numbers.join(", ")}${lines.length > numbers.length ? ", ..." : ""}`,
    ...webhooks.map((one) => `webhook ${receiverAddress(one.url)}: ${webhookTerms(one)}`),
    ...unsecret.flatMap((one) => {
      const secret = secretOf(versionOf(API_VERSIONS, one), one);
      return secret === null ? [] : [`webhook ${receiverAddress(one.url)}: subscription ${one.id}, signed with ${secret}`];
    }),
    ...(faults.length > 0 ? [`armed ${amount(faults.length, "fault")}: ${describeRules(faults)}`] : []),
    ...unusual,
    controlClosed
      ? "/__mock is closed, because other machines can reach this server; --control-token opens it"
      : `the inbox, to see it and to be the other side, at ${pageUrl(url)}`,
    ...(chat ? ["", indented(examples.findChat(url, token, chat.line, participantsOf(chat))), ""] : []),
  ].join("\n");
}

/** A secret that was made is told here, as nobody else knows it. */
function webhookTerms(webhook: Subscription): string {
  const spoken = versionOf(API_VERSIONS, webhook);
  const secret = secretOf(spoken, webhook);
  const signed = webhook.secret === null ? `signed with ${secret}` : "signed";
  return `every event of ${spoken.name.toUpperCase()}, ${secret === null ? "not signed" : signed}`;
}

function pageUrl(url: string): string {
  return `${url}${CONTROL_PREFIX}/ui/`;
}

function indented(text: string): string {
  return text.replace(/^/gm, "  ");
}
