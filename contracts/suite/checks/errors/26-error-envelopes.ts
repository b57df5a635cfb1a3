import { kindOf } from "../../../client/request-kinds";
import { type OperationId, operations } from "../../../generated/v2/operations";
import { unusedPath } from "../../api";
import { documentedErrors } from "../../documented-errors";
import { expectEnvelope, isRefusal } from "../../expect";
import type { Law } from "../../law";
import { assuming } from "../../law-errors";
import { expectRefusals } from "./refusals";

/** Reads that are refused with a body that is documented to the letter. */
const DOCUMENTED: readonly (readonly [what: string, path: string, status: number, body: unknown])[] = [
  ["a chat that does not exist", unusedPath("getChat"), 404, documentedErrors.chatNotFound],
  ["a contact that does not exist", unusedPath("getContact"), 404, documentedErrors.contactNotFound],
  ["a find of a contact by nothing", "/contacts/find", 400, documentedErrors.nothingToFindBy],
  ["a find of a contact by a word as its address", "/contacts/find?email=nowhere", 422, documentedErrors.emailInvalid],
  ["a find of a contact by a word as its number", "/contacts/find?phone_number=nobody", 422, documentedErrors.numberInvalid],
];
/** One operation of each other group that has any with an id. What it answers is only assumed, its envelope is not. */
const OTHERS: readonly OperationId[] = ["getMessage", "getReaction", "updatePhoneNumber", "deleteWebhookSubscription"];

export const law26: Law = {
  number: 26,
  title: "each group of operations answers in its own envelope, as documented",
  broken: "a refusal is not answered in the envelope of its group, or not in the documented words",
  operation: "getChat",
  clause: "#/tags",
  stepAssumptions: ["A-error-wording", "A-404-others"],
  requests: DOCUMENTED.length + OTHERS.length,
  async check({ api, kinds }) {
    await expectRefusals(
      api,
      DOCUMENTED.map(([what, path, status, documented]) => ({ what, method: "GET", path, status, documented })),
    );
    for (const id of OTHERS.filter((other) => kinds.has(kindOf[other]))) {
      const exchange = await api.request(operations[id].method, unusedPath(id));
      if (isRefusal(exchange.response.status)) assuming(["A-404-others"], () => expectEnvelope(exchange));
    }
  },
};
