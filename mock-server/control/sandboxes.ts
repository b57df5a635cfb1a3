import type { Sandbox } from "../world/sandbox";
import { DEFAULT_SANDBOX } from "../world/sandboxes";
import { type ControlCall, refusal } from "./control-call";
import type { components } from "./generated/types";

export const listSandboxes: ControlCall<"listSandboxes"> = ({ sandboxes }) => ({
  status: 200,
  body: { sandboxes: [...sandboxes.values()].map(sandboxView) },
});

export const dropSandbox: ControlCall<"dropSandbox"> = ({ sandboxes }, { path: { name } }) => {
  if (name === DEFAULT_SANDBOX)
    return refusal(409, "sandbox_default", "The default sandbox cannot be dropped", { hint: "Reset it instead." });
  const sandbox = sandboxes.get(name);
  if (!sandbox) return refusal(404, "sandbox_unknown", `There is no sandbox ${name}`);
  sandboxes.drop(sandbox);
  return { status: 204, body: undefined };
};

function sandboxView({ name, world, dropped, snapshots }: Sandbox): components["schemas"]["Sandbox"] {
  return {
    name,
    requests: world.journal.size,
    deliveries_pending: world.deliveries.pending,
    deliveries_dropped: dropped,
    snapshots: snapshots.length,
    files: world.files.usage,
  };
}
