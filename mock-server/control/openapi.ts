import type { ControlCall } from "./control-call";
import type { components } from "./generated/types";

/** The document of this API; loaded when it is asked for. */
export const openapi: ControlCall<"openapi"> = () => ({
  status: 200,
  body: require("./generated/openapi.json") as components["schemas"]["OpenApiDocument"],
});
