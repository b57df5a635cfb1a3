import type { World } from "../world/world";
import type { AdviceRule } from "./advice-rule";
import { advise } from "./advise";

/** What is to be said at the end of all the worlds of a mock, a line for each piece of advice; empty when there is none. */
export function summariseAdvice(worlds: Iterable<World>, rules: readonly AdviceRule[]): string {
  const counts = new Map<string, number>();
  for (const world of worlds) {
    for (const { id, count } of advise(world, rules)) counts.set(id, (counts.get(id) ?? 0) + count);
  }
  return rules
    .flatMap(({ id, one, many, remedy }) => {
      const count = counts.get(id);
      return count === undefined ? [] : [`Advice: ${count} ${count === 1 ? one : many}. ${remedy} (docs/advice.md, ${id})\n`];
    })
    .join("");
}
