import { failure } from "../../v2/errors";
import type { AnswerFault } from "../answer-fault";

export const expiredToken: AnswerFault = {
  refuse: (_, operation) =>
    failure(401, "The token has expired", { assuming: operation === "listChats" ? [] : ["A-auth-everywhere"] }),
};
