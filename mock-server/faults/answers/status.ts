import { STATUS_CODES } from "node:http";
import { failure } from "../../errors";
import type { AnswerFault } from "../answer-fault";

export const status: AnswerFault = {
  refuse: ({ status: code = 500, detail }) => failure(code, detail ?? STATUS_CODES[code] ?? `Status ${code}`),
};
