import type { AnswerFault } from "../answer-fault";

export const emptyBody: AnswerFault = {
  spoil: (answer) => ({ ...answer, payload: "" }),
};
