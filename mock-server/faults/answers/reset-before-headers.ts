import { failure } from "../../v2/errors";
import type { AnswerFault } from "../answer-fault";

export const resetBeforeHeaders: AnswerFault = {
  refuse: ({ performed = true }) => (performed ? undefined : failure(503, "The call was lost")),
  spoil: (answer) => ({ ...answer, breaksOff: "before-headers" }),
};
