import { STATUS_CODES } from "node:http";
import type { Failure } from "./errors";

/** The vendor's two shapes of a refusal: `Error` for chats, messages, reactions and lines, `StandardError` for contacts and subscriptions. */
export type Envelope = "Error" | "StandardError";

/** The body of a failure. */
export function envelop(envelope: Envelope, { status, detail, standard }: Failure): object {
  const title = STATUS_CODES[status] ?? "Error";
  const code = title.toLowerCase().replaceAll(/[^a-z]+/g, "_");
  if (envelope === "Error") return { errors: [{ status, code, title, detail }] };
  return {
    status: "error",
    error_code: standard?.code ?? code.toUpperCase(),
    message: standard ? detail : title,
    errors: [standard?.explanation ?? detail],
  };
}
