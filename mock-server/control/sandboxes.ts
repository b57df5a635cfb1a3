import { version } from "../../package.json";
import type { Sandbox } from "../world/sandbox";
import { DEFAULT_SANDBOX, type Sandboxes } from "../world/sandboxes";
import { allSubscriptions } from "../world/subscriptions";
import { type ControlCall, type ControlRefusal, refusal } from "./control-call";
import { countFixtures, countWorld, placedProblemView } from "./fixtures";
import type { components } from "./generated/types";

/** Answers once the server is ready. */
export const health: ControlCall<"health"> = ({ sandbox, sandboxes, sandboxes: { memory } }) => ({
  status: 200,
  body: {
    status: "ok",
    version,
    uptime_ms: Math.round(performance.now()),
    sandboxes: sandboxes.count,
    fixtures: countFixtures(sandboxes.seed),
    world: countWorld(sandbox.world),
    deliveries_dropped: sandboxes.droppedDeliveries,
    memory: { limit: memory.limit, held: memory.held, dropped: { ...memory.dropped } },
    faults: sandbox.world.faults.rules.map(({ name }) => name),
    ...(sandboxes.seedProblems.length > 0 && { fixtures_problems: sandboxes.seedProblems.map(placedProblemView) }),
  },
});

/** The document of this API. */
export const openapi: ControlCall<"openapi"> = async () => {
  const { default: document } = await import("./generated/openapi.json");
  return { status: 200, body: document };
};

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

export const createSandbox: ControlCall<"createSandbox"> = ({ sandboxes, serverUrl }, { body: { name } }) =>
  taken(sandboxes, "/name", name) ?? created(serverUrl, name === undefined ? sandboxes.openNew() : sandboxes.open(name));

/** What goes on from a world, under another name. */
export const forkSandbox: ControlCall<"forkSandbox"> = ({ sandboxes, serverUrl }, { path, body }) => {
  const source = sandboxes.get(path.name);
  if (!source) return refusal(404, "sandbox_unknown", `There is no sandbox ${path.name}`);
  const { as, at_message: id } = body;
  const message = id === undefined ? undefined : source.world.messages.get(id);
  if (id !== undefined && !message)
    return refusal(404, "message_unknown", `There is no message ${id} in sandbox ${source.name}`, { pointer: "/at_message" });
  const refused = taken(sandboxes, "/as", as);
  if (refused) return refused;
  const fork = sandboxes.fork(source, as, message);
  const { status, body: opened } = created(serverUrl, fork);
  return { status, body: { ...opened, subscriptions: allSubscriptions(fork.world).map(({ id, url }) => ({ id, url })) } };
};

function taken(sandboxes: Sandboxes, pointer: string, name: string | undefined): ControlRefusal | undefined {
  if (name === undefined || !sandboxes.get(name)) return undefined;
  return refusal(409, "sandbox_taken", `There is a sandbox ${name} already`, {
    pointer,
    hint: "Choose another name, or drop it first.",
  });
}

function created(serverUrl: string, { name }: Sandbox) {
  return { status: 201, body: { sandbox: { name, url: `${serverUrl}/s/${name}` } } } as const;
}

function sandboxView({ name, world, dropped, snapshots, canUndo }: Sandbox): components["schemas"]["Sandbox"] {
  return {
    name,
    requests: world.journal.size,
    deliveries_pending: world.deliveries.pending,
    deliveries_dropped: dropped,
    snapshots: snapshots.names.length,
    can_undo: canUndo,
    files: world.files.usage,
  };
}

/** Back to the seed, wholly. */
export const reset: ControlCall<"reset"> = ({ sandbox }) => {
  sandbox.reset();
  return { status: 204, body: undefined };
};

/** Takes back the last reset, and what else has put another world in the place of the one before. */
export const undoReset: ControlCall<"undoReset"> = ({ sandbox }) => {
  const outcome = sandbox.undo();
  if (outcome === "undone") return { status: 204, body: undefined };
  const message = "There is no reset to undo";
  if (outcome === "nothing") return refusal(404, "nothing_to_undo", message, { hint: "One can be undone, once." });
  return refusal(404, "nothing_to_undo", message, { hint: "The world had to make room; --max-memory <MB> gives more." });
};
