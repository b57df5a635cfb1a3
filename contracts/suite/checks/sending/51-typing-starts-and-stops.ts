import { expectSame, expectStatus, isRefusal } from "../../expect";
import type { Law } from "../../law";
import { Skip } from "../../law-errors";
import { eachVisibleChat } from "./temporary-message";

const STEPS = [
  ["POST", "start_typing", 201],
  ["DELETE", "stop_typing", 204],
] as const;

export const law51: Law = {
  number: 51,
  title: "typing starts with 201 and stops with 204, without bodies",
  broken: "typing does not start with 201 and stop with 204, without bodies",
  operation: "startTyping",
  clause: "#/paths/~1chats~1{chat_id}~1start_typing/post/responses/201",
  requests: 6,
  isRepeatable: true,
  async check(context) {
    await eachVisibleChat(context, await context.sample.chat(), async (id) => {
      for (const [method, action, status] of STEPS) {
        const answer = await context.api.request(method, `/chats/${id}/${action}`);
        const isRefused = isRefusal(answer.response.status) && answer.response.status !== 404;
        if (isRefused)
          throw new Skip(`${action} was refused; the platform has typing in active chats with one participant alone`);
        const other = `${action} answers ${answer.response.status}, not ${status}`;
        expectStatus(answer, status, `the status of ${action}`, other);
        expectSame(answer.response.text, "", `the body of ${action}`, `${action} answers with a body`);
      }
    });
  },
};
