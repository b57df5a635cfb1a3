import { kindOf } from "../../../client/kinds";
import { type OperationId, operations } from "../../../generated/v2/operations";
import { unusedPath } from "../../api";
import { expectEnvelope, expectSame, expectStatus, isRefusal } from "../../expect";
import type { Law } from "../../law";

/** The bodies that are documented to the letter. */
const DOCUMENTED: Partial<Record<OperationId, unknown>> = {
  getChat: { errors: [{ status: 404, code: "not_found", title: "Not Found", detail: "Chat not found" }] },
  getContact: {
    status: "error",
    error_code: "CONTACT_NOT_FOUND",
    message: "Contact not found",
    errors: ["The requested contact does not exist or is not accessible to your organization"],
  },
};
/** One operation of each other group that has any with an id. What it answers is only assumed, its envelope is not. */
const OTHERS: readonly OperationId[] = ["getMessage", "getReaction", "updatePhoneNumber", "deleteWebhookSubscription"];

export const law26: Law = {
  number: 26,
  title: "each group of operations answers in its own envelope",
  broken: "what does not exist is not answered in the envelope of its group",
  operation: "getChat",
  clause: "#/tags",
  requests: Object.keys(DOCUMENTED).length + OTHERS.length,
  async check({ api, kinds }) {
    for (const [id, documented] of Object.entries(DOCUMENTED) as [OperationId, unknown][]) {
      const exchange = await api.request("GET", unusedPath(id));
      expectStatus(exchange, 404);
      expectSame(exchange.response.body, documented, `the body of ${id} 404`);
    }
    for (const id of OTHERS.filter((other) => kinds.has(kindOf[other]))) {
      const exchange = await api.request(operations[id].method, unusedPath(id));
      if (isRefusal(exchange.response.status)) expectEnvelope(exchange);
    }
  },
};
