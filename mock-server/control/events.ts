import type { ControlCall } from "./control-call";

/** Everything that changes from now on. */
export const streamEvents: ControlCall<"streamEvents"> = ({ sandbox }) => ({
  status: 200,
  open: (write, end) => sandbox.feed.subscribe(write, end),
});
