import type { FixtureFaultProfile, FixtureFaultRule } from "../../fixtures/generated/fixture-document";
import { shippedSeed } from "../../fixtures/seeds";
import { version } from "../../package.json";
import { summariseAdvice } from "../advice/advise";
import { adviceRules } from "../advice/rules";
import { stopSignal } from "../server/listen";
import type { LogLevel } from "../server/logger";
import { startMock } from "../server/start-mock-server";
import { DEFAULT_SANDBOX } from "../world/sandboxes";
import { banner } from "./banner";
import { CommandError } from "./command-error";
import { ProgressLine } from "./progress-line";

export interface StartFlags {
  readonly port: number;
  readonly host: string;
  readonly fixtures?: string;
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
  readonly rateLimits: boolean;
  readonly fault: readonly FixtureFaultRule[];
  readonly profile: readonly string[];
}

/** Serves the mock until a signal ends it. */
export async function start({ token, allowHost, allowWebhookHost, fault, profile, ...flags }: StartFlags): Promise<void> {
  if (flags.watch && !flags.fixtures) throw new CommandError("--watch needs --fixtures <file|folder>");
  if (flags.watch && shippedSeed(flags.fixtures)) {
    throw new CommandError(`--watch needs a file or folder; the shipped world ${flags.fixtures} does not change`);
  }
  const progress = new ProgressLine();
  const faults = [...(profile as FixtureFaultProfile[]), ...fault]; // whether there is such a profile is seen when it is armed
  const options = { ...flags, tokens: token, allowHosts: allowHost, allowWebhookHosts: allowWebhookHost, faults };
  const { server, mock } = await startMock(options, progress.show).finally(() => progress.end());
  mock.log.announce(
    banner({
      url: server.url,
      token: token.length === 0 ? "any-token" : "sandbox-demo",
      records: mock.records,
      faults: mock.sandboxes.open(DEFAULT_SANDBOX).world.faults.rules,
      controlClosed: mock.controlClosed,
    }),
    { version, url: server.url },
  );
  await stopSignal();
  await server.stop();
  const worlds = [...mock.sandboxes.values()].map(({ world }) => world);
  const summary = flags.log === "silent" ? "" : summariseAdvice(worlds, adviceRules);
  process.stderr.write(summary, () => process.exit(0));
}
