import type { AnswerFault } from "../answer-fault";

export const resetAfterHeaders: AnswerFault = {
  spoil: (answer) => ({ ...answer, breaksOff: "after-headers" }),
};
