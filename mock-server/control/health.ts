import { version } from "../../package.json";
import type { ControlCall } from "./control-call";
import { countFixtures } from "./count-fixtures";

/** Answers once the server is ready. */
export const health: ControlCall<"health"> = ({ sandboxes }) => ({
  status: 200,
  body: {
    status: "ok",
    version,
    uptime_ms: Math.round(performance.now()),
    sandboxes: sandboxes.count,
    fixtures: countFixtures(sandboxes.seed),
    deliveries_dropped: sandboxes.droppedDeliveries,
  },
});
