import type { MockOptions } from "../../mock";
import type { FallbackMock } from "../../proxy/fallback/fallback-mock";
import { hasThing } from "../../proxy/fallback/has-thing";
import { sandboxNamedBy } from "../../sandbox-named-by";
import { listen, type MockServer } from "../../server";
import type { Sandbox } from "../../state/sandbox";
import { DEFAULT_SANDBOX, SandboxError, type Sandboxes } from "../../state/sandboxes";
import { ProgressLine } from "../progress-line";

/** Starts the mock that a proxy asks first, on a port of its own. */
export async function openFallback(fixtures: MockOptions["fixtures"]): Promise<{ server: MockServer; fallback: FallbackMock }> {
  const progress = new ProgressLine();
  const options = fixtures === undefined ? {} : { fixtures };
  const { server, mock } = await listen(options, progress.show).finally(() => progress.end());
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
