import { kindOf } from "../../../client/request-kinds";
import { type OperationId, operations } from "../../../generated/v2/operations";
import { unusedPath } from "../../api";
import { documentedErrors, expectDocumentedCode, expectDocumentedWords } from "../../documented-errors";
import { expectEnvelope, expectStatus } from "../../expect";
import type { Law } from "../../law";
import { assuming } from "../../law-errors";
import type { RecordedExchange } from "../../report";

const ids = Object.keys(operations) as OperationId[];

export const law24: Law = {
  number: 24,
  title: "a token is required",
  broken: "an operation does not answer 401 in an envelope when there is no token",
  operation: "listChats",
  clause: "#/security",
  stepAssumptions: ["A-auth-everywhere", "A-auth-envelope", "A-error-wording"],
  harm: 1,
  requests: ids.length,
  async check({ api, kinds }) {
    const askWithout = (id: OperationId): Promise<RecordedExchange> =>
      api.request(operations[id].method, unusedPath(id), undefined, { token: "none" });
    const documented = await askWithout("listChats");
    const taken = (id: OperationId): string => `${operations[id].title} needs no token`;
    expectStatus(documented, 401, "the status of listChats without a token", taken("listChats"));
    expectDocumentedCode(documented, documentedErrors.unauthorized, "listChats without a token");
    for (const id of ids.filter((one) => one !== "listChats" && kinds.has(kindOf[one]))) {
      const exchange = await askWithout(id);
      assuming(["A-auth-everywhere"], () => expectStatus(exchange, 401, `the status of ${id} without a token`, taken(id)));
      assuming(["A-auth-envelope"], () => expectEnvelope(exchange));
    }
    expectDocumentedWords(documented, documentedErrors.unauthorized, "listChats without a token");
  },
};
