import type { FaultRule } from "../world/model";

/** Whether a rule means something that has to do with these people. They are asked for only when it names somebody. */
export function meansPeople({ line, participant }: FaultRule, peopleOf: () => ReadonlySet<string>): boolean {
  return [line, participant].every((one) => one === undefined || peopleOf().has(one));
}
