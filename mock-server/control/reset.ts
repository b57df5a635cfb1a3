import type { ControlCall } from "./control-call";

/** Back to the seed, wholly. */
export const reset: ControlCall<"reset"> = ({ sandbox }) => {
  sandbox.reset();
  return { status: 204, body: undefined };
};
