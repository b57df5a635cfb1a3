import type { ControlRoute } from "./control-route";
import { health } from "./health";
import { reset } from "./reset";
import { state } from "./state";

/** The mock's own API, below `/__mock`. */
export const controlRoutes: Readonly<Record<string, ControlRoute>> = {
  "GET /health": health,
  "GET /state": state,
  "POST /reset": reset,
};
