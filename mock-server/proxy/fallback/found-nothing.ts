import type { HttpAnswer } from "../../../contracts/client/http-client";
import { jsonOf } from "../json-of";

/** Whether an answer of Find Chat or Find Contact says, with 200, that there is none. */
export function foundNothing({ status, body }: HttpAnswer): boolean {
  if (status !== 200) return false;
  const { data, contact } = (jsonOf(body) ?? {}) as { data?: { chat?: unknown }; contact?: unknown };
  return data?.chat === null || contact === null;
}
