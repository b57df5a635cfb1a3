import type { AnswerFault } from "../answer-fault";
import { milliseconds } from "../milliseconds";

export const staleRead: AnswerFault = {
  age: (rule) => milliseconds(rule, 0),
};
