import type { AnswerFault } from "../answer-fault";

/** What is left of JSON without its last half is none; of what is too short to halve, neither. */
export const invalidJson: AnswerFault = {
  spoil: (answer) => ({ ...answer, payload: `${answer.payload.slice(0, Math.ceil(answer.payload.length / 2))}{` }),
};
