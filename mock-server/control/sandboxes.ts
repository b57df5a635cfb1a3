import { parseTimestamp } from "../../contracts/timestamps";
import { version } from "../../package.json";
import type { Sandbox } from "../world/sandbox";
import { DEFAULT_SANDBOX } from "../world/sandboxes";
import { futureOfData } from "../world/seed";
import { type ControlCall, refusal } from "./control-call";
import { countFixtures, placedProblemView } from "./fixtures";
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

/** Back to the seed, wholly. */
export const reset: ControlCall<"reset"> = ({ sandbox }) => {
  sandbox.reset();
  return { status: 204, body: undefined };
};

const YEAR_2100 = Date.UTC(2100, 0, 1);

export const readClock: ControlCall<"readClock"> = ({ sandbox }) => ({ status: 200, body: sandbox.world.clock.reading() });

/** Answers when everything has happened that fell due meanwhile. */
export const setClock: ControlCall<"setClock"> = async ({ sandbox }, { body }) => {
  const { clock } = sandbox.world;
  const before = clock.now();
  if ("freeze" in body && body.freeze !== undefined) {
    const instant = parseTimestamp(body.freeze);
    if (Number.isNaN(instant)) return outOfRange("/freeze");
    await clock.freeze(instant);
  } else if ("advance_ms" in body && body.advance_ms !== undefined) {
    if (clock.now() + body.advance_ms >= YEAR_2100) return outOfRange("/advance_ms");
    await clock.advance(body.advance_ms);
  } else await clock.run();
  const { world } = sandbox; // perhaps another by now: a reset does not wait for the clock
  const reading = world.clock.reading();
  const jumped_ms = Math.round(world.clock.now() - before);
  sandbox.tell("clock", () => ({ clock: reading, jumped_ms }));
  const hint = futureOfData(world.seed, world.clock.now());
  return { status: 200, body: { ...world.clock.reading(), ...(hint !== undefined && { hint }) } };
};

function outOfRange(pointer: string) {
  return refusal(422, "clock_range", "The clock goes from 1970 to 2099, and times have an offset", { pointer });
}
