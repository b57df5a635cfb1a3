import { ProgressLine } from "../command-line/progress-line";
import type { MockOptions } from "../server/mock";
import { type MockServer, startMock } from "../server/start-mock-server";
import type { Sandbox } from "../world/sandbox";
import { DEFAULT_SANDBOX, SandboxError, type Sandboxes, sandboxNamedBy } from "../world/sandboxes";
import type { FallbackMock } from "./fallback/fallback-mock";
import { hasThing } from "./fallback/has-thing";

/** Starts the mock that a proxy asks first, on a port of its own. */
export async function openFallback(fixtures: MockOptions["fixtures"]): Promise<{ server: MockServer; fallback: FallbackMock }> {
  const progress = new ProgressLine();
  const options = fixtures === undefined ? {} : { fixtures };
  const { server, mock } = await startMock(options, progress.show).finally(() => progress.end());
  const knows: FallbackMock["knows"] = (token, path) => {
    const sandbox = sandboxOf(mock.sandboxes, token);
    return sandbox === undefined || hasThing(sandbox.world, path);
  };
  return { server, fallback: { url: server.url, knows } };
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
