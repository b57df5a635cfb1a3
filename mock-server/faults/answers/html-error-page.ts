import { STATUS_CODES } from "node:http";
import type { FaultRule } from "../../world/model";
import type { AnswerFault } from "../answer-fault";

export const htmlErrorPage: AnswerFault = {
  refuse: (rule) => ({
    status: statusOf(rule),
    detail: rule.performed ? "The gateway heard of no answer" : "The gateway reached nobody",
  }),
  dress: (answer, rule) => {
    const status = statusOf(rule);
    return { ...answer, status, headers: { ...answer.headers, "Content-Type": "text/html" }, payload: page(status) };
  },
};

function statusOf({ status = 502 }: FaultRule): number {
  return status;
}

function page(status: number): string {
  const title = `${status} ${STATUS_CODES[status] ?? "Error"}`;
  return `<!doctype html>\n<html>\n<head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n<hr>\n<p>gateway</p>\n</body>\n</html>\n`;
}
