import type { AnswerFault } from "../answer-fault";

export const wrongContentType: AnswerFault = {
  spoil: (answer, { content_type: type = "text/html" }) => ({
    ...answer,
    headers: { ...answer.headers, "Content-Type": type },
  }),
};
