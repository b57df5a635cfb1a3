import { version } from "../../package.json";
import type { ControlCall } from "./control-call";
import { countFixtures } from "./count-fixtures";
import { placedProblemView } from "./problem-view";

/** Answers once the server is ready. */
export const health: ControlCall<"health"> = ({ sandbox, sandboxes }) => ({
  status: 200,
  body: {
    status: "ok",
    version,
    uptime_ms: Math.round(performance.now()),
    sandboxes: sandboxes.count,
    fixtures: countFixtures(sandboxes.seed),
    deliveries_dropped: sandboxes.droppedDeliveries,
    faults: sandbox.world.faults.rules.map(({ name }) => name),
    ...(sandboxes.seedProblems.length > 0 && { fixtures_problems: sandboxes.seedProblems.map(placedProblemView) }),
  },
});
