import { violationReason } from "../../contracts/check";
import { diagnose } from "../../contracts/explain";
import diagnosis from "../../contracts/generated/v3/response-diagnosis";
import type { ContractCheck } from "../server/api-version";

/** Where an event breaks the contract; nowhere when it is of another version of the API. */
export const eventBreaches: ContractCheck["event"] = (type, body) => {
  if ((body as { api_version?: unknown }).api_version !== "v3") return [];
  const validate = diagnosis[type as keyof typeof diagnosis];
  if (!validate) return [{ pointer: "/event_type", reason: `${type} is no event` }];
  if (validate(body)) return [];
  const violations = diagnose(validate, body, () => "documented");
  return violations.map((violation) => ({ pointer: violation.pointer, reason: violationReason(violation) }));
};
