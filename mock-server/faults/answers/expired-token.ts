import { failure } from "../../errors";
import type { AnswerFault } from "../answer-fault";

export const expiredToken: AnswerFault = {
  refuse: () => failure(401, "The token has expired"),
};
