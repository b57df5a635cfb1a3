import { CommanderError } from "commander";
import { TargetError } from "../../contracts/client/errors";
import { messageOf } from "../../contracts/error-message";
import { FixtureError, withoutControls } from "../../fixtures/load/problem";
import { WebhookOptionError } from "../server/webhook-option";
import { FAULTS } from "../server/world-loader";
import { ENVIRONMENT_PREFIX, isOfKubernetes } from "./flags";
import { CommandError } from "./input";
import { commandLine, EXIT_USAGE } from "./program";

/** Does what a command says, to its end; the exit code is the process's. */
export async function main(args: readonly string[]): Promise<void> {
  dropUnsetVariables();
  for (const name of Object.keys(process.env).filter(isOfKubernetes))
    process.stderr.write(
      `linq-mock: ${name} is ignored; Kubernetes has set it for a service of that name (${process.env[name]})\n`,
    );
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {}); // whoever read it has gone; the mock serves on
  try {
    await commandLine().parseAsync(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    process.stderr.write(`linq-mock: ${explain(error)}\n`);
    process.exitCode = EXIT_USAGE;
  }
}

/** A variable that is empty is the same as none. */
function dropUnsetVariables(): void {
  for (const [name, value] of Object.entries(process.env)) {
    if (name.startsWith(ENVIRONMENT_PREFIX) && value === "") delete process.env[name];
  }
}

function explain(error: unknown): string {
  if (error instanceof FixtureError) {
    if (error.problems[0]?.file === FAULTS) return `cannot arm these ${error.message}`;
    return `cannot serve these fixtures: ${error.message}`;
  }
  if (error instanceof CommandError && error.isSafe) return error.message;
  if (error instanceof CommandError || error instanceof TargetError) return withoutControls(error.message);
  if (error instanceof WebhookOptionError) return withoutControls(error.message);
  if (error instanceof CommanderError) return error.message.replace(/^error: /, "").replaceAll("\n", " ");
  const { code, port, address, hostname, stack } = Object(error) as Partial<Error> & {
    code?: string;
    port?: number;
    address?: string;
    hostname?: string;
  };
  switch (code) {
    case "EADDRINUSE":
      return `port ${port} is in use; choose another with --port, or let --port 0 take any free one`;
    case "EACCES":
      return `port ${port} may not be used by this user; choose one above 1023 with --port`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `--host ${hostname ?? address} is no address of this machine`;
    default:
      return stack ?? messageOf(error);
  }
}
