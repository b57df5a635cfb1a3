import type { AnswerFault } from "../answer-fault";
import { milliseconds } from "../milliseconds";

export const latency: AnswerFault = {
  spoil: (answer, rule, share) => ({ ...answer, delayMs: answer.delayMs + milliseconds(rule, share) }),
};
