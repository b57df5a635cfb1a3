import { tooManyRequests } from "../../v2/errors";
import type { AnswerFault } from "../answer-fault";

const RETRY_AFTER_S = 10;

export const rateLimit: AnswerFault = {
  refuse: ({ retry_after: seconds = RETRY_AFTER_S }) => tooManyRequests("Too many requests", seconds * 1000, {}),
};
