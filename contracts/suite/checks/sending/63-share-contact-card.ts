import { expectSame, expectStatus, isRefusal } from "../../expect";
import type { Law } from "../../law";
import { Skip } from "../../law-errors";
import { chatWithRecipients } from "./temporary-message";

export const law63: Law = {
  number: 63,
  title: "sharing the contact card answers 201 without a body",
  broken: "sharing the contact card does not answer 201 without a body",
  operation: "shareContact",
  clause: "#/paths/~1chats~1{chat_id}~1share_contact/post/responses/201",
  requests: 2,
  async check(context) {
    const id = await chatWithRecipients(context);
    const answer = await context.api.request("POST", `/chats/${id}/share_contact`);
    const { status, text } = answer.response;
    if (isRefusal(status) && status !== 404) throw new Skip("sharing was refused; it has to be enabled for the organization");
    expectStatus(answer, 201, "the status of share_contact", `share_contact answers ${status}, not 201`);
    expectSame(text, "", "the body of share_contact", "share_contact answers with a body");
  },
};
