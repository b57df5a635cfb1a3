import type { AnswerFault } from "../answer-fault";

export const truncatedBody: AnswerFault = {
  spoil: (answer) => ({ ...answer, breaksOff: "within-body" }),
};
