import type { HttpAnswer } from "../../contracts/client/http-client";
import type { ContractVersion } from "../../contracts/contract-version";
import { ProgressLine } from "../command-line/progress-line";
import { type ApiVersion, versionFor } from "../server/api-version";
import type { MockOptions } from "../server/options";
import { type MockServer, startMock } from "../server/start-mock-server";
import { API_VERSIONS } from "../versions";
import type { Sandbox } from "../world/sandbox";
import { DEFAULT_SANDBOX, SandboxError, type Sandboxes, sandboxNamedBy } from "../world/sandboxes";
import { jsonOf } from "./check";

/** A mock that answers what it knows. */
export interface FallbackMock {
  /** Without a slash at the end. */
  readonly url: string;
  /** Whether the world that a token opens has the thing that a path is about: of a path below a chat, the chat. */
  knows(contract: ContractVersion, token: string | undefined, path: string): boolean;
  /** Whether an answer of its says, with 200, that there is no such thing. */
  foundNothing(contract: ContractVersion, answer: HttpAnswer): boolean;
}

/** Starts the mock that a proxy asks first, on a port of its own. */
export async function openFallback(fixtures: MockOptions["fixtures"]): Promise<{ server: MockServer; fallback: FallbackMock }> {
  const progress = new ProgressLine();
  const options = fixtures === undefined ? {} : { fixtures };
  const { server, mock } = await startMock(options, progress.show).finally(() => progress.end());
  const knows: FallbackMock["knows"] = (contract, token, path) => {
    const sandbox = sandboxOf(mock.sandboxes, token);
    return sandbox === undefined || apiOf(contract).hasThing(sandbox.world, path);
  };
  const foundNothing: FallbackMock["foundNothing"] = (contract, { status, body }) =>
    status === 200 && apiOf(contract).foundNothing?.(jsonOf(body)) === true;
  return { server, fallback: { url: server.url, knows, foundNothing } };
}

/** As the mock itself would choose it; undefined for a name that it will refuse. */
function sandboxOf(sandboxes: Sandboxes, token = ""): Sandbox | undefined {
  try {
    return sandboxes.open(sandboxNamedBy(token) ?? DEFAULT_SANDBOX);
  } catch (error) {
    if (error instanceof SandboxError) return undefined;
    throw error;
  }
}

function apiOf({ prefix }: ContractVersion): ApiVersion {
  return versionFor(API_VERSIONS, prefix);
}
