import { unusedPath } from "../../api";
import { documentedErrors, expectDocumentedCode, expectDocumentedWords } from "../../documented-errors";
import { expectStatus } from "../../expect";
import type { Law } from "../../law";
import { Inconclusive } from "../../law-errors";

export const law25: Law = {
  number: 25,
  title: "a wrong token is refused",
  broken: "a wrong token is not answered with 401 and its documented body",
  operation: "listChats",
  clause: "#/paths/~1chats/get/responses/401",
  stepAssumptions: ["A-error-wording"],
  harm: 1,
  requests: 1,
  once: true,
  async check({ api }) {
    const once = { token: "wrong", on429: "return" } as const; // many wrong tokens could lock us out
    const exchange = await api.request("GET", unusedPath("listChats"), undefined, once);
    if (exchange.response.status === 429) throw new Inconclusive("the server allows no more requests for now (429)");
    expectStatus(exchange, 401, "the status of listChats with a wrong token", "List Chats takes a wrong token");
    expectDocumentedCode(exchange, documentedErrors.unauthorized, "listChats with a wrong token");
    expectDocumentedWords(exchange, documentedErrors.unauthorized, "listChats with a wrong token");
  },
};
