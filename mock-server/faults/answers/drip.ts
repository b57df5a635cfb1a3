import type { AnswerFault } from "../answer-fault";
import { milliseconds } from "../milliseconds";

export const drip: AnswerFault = {
  spoil: (answer, rule) => ({ ...answer, dripMs: answer.dripMs + milliseconds(rule, 0) }),
};
