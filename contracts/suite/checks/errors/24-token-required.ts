import { kindOf } from "../../../client/kinds";
import { type OperationId, operations } from "../../../generated/v2/operations";
import { unusedPath } from "../../api";
import { documentedErrors } from "../../documented-errors";
import { expectEnvelope, expectSame, expectStatus } from "../../expect";
import type { Law } from "../../law";

const ids = Object.keys(operations) as OperationId[];

export const law24: Law = {
  number: 24,
  title: "a token is required",
  broken: "an operation does not answer 401 in an envelope when there is no token",
  operation: "listChats",
  clause: "#/security",
  requests: ids.length,
  async check({ api, kinds }) {
    for (const id of ids.filter((one) => kinds.has(kindOf[one]))) {
      const exchange = await api.request(operations[id].method, unusedPath(id), undefined, { token: "none" });
      expectStatus(exchange, 401, `the status of ${id} without a token`);
      expectEnvelope(exchange);
      if (id === "listChats")
        expectSame(exchange.response.body, documentedErrors.unauthorized, `the body of ${id} without a token`);
    }
  },
};
