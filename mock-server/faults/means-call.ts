import { isPathMeant } from "../../fixtures/resolve/path-pattern";
import type { FaultRule } from "../world/model";
import type { Call } from "./call";
import { meansPeople } from "./means-people";

/** Whether a rule means a call. `peopleOf` says whom the call has to do with; it is asked only where the rule means somebody. */
export function meansCall(rule: FaultRule, call: Call, peopleOf: () => ReadonlySet<string>): boolean {
  const { fault, operation, method, path } = rule;
  if (operation !== undefined && !operation.includes(call.operation)) return false;
  if (method !== undefined && method !== call.method) return false;
  if (fault === "stale-read" && call.method !== "GET") return false;
  if (path !== undefined && !isPathMeant(path, call.path)) return false;
  return meansPeople(rule, peopleOf);
}
