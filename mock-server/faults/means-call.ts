import { isPathMeant } from "../../fixtures/faults/path-pattern";
import type { FaultRule } from "../../fixtures/records";
import type { World } from "../state/world";
import type { Call } from "./call";
import { peopleOfCall } from "./people-of-call";

/** Whether a rule means a call. */
export function meansCall(rule: FaultRule, call: Call, world: World): boolean {
  const { fault, operation, method, path, line, participant } = rule;
  if (operation !== undefined && !operation.includes(call.operation)) return false;
  if (method !== undefined && method !== call.method) return false;
  if (fault === "stale-read" && call.method !== "GET") return false;
  if (path !== undefined && !isPathMeant(path, call.path)) return false;
  if (line === undefined && participant === undefined) return true;
  const people = peopleOfCall(world, call);
  return [line, participant].every((one) => one === undefined || people.has(one));
}
