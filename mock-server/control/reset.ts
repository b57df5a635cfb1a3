import type { ControlRoute } from "./control-route";

/** Back to the seed, wholly. */
export const reset: ControlRoute = ({ sandbox }) => {
  sandbox.reset();
  return { status: 204 };
};
