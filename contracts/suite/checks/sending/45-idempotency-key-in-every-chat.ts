import type { ApiMessage } from "../../../api-types";
import { expectSame } from "../../expect";
import type { Law } from "../../law";
import { Skip } from "../../law-errors";
import { chatWith, countMessages, testMessage } from "./temporary-message";

export const law45: Law = {
  number: 45,
  title: "an idempotency key counts in every chat of the organization",
  broken: "an idempotency key does not count in another chat of the organization",
  operation: "sendMessage",
  clause: "#/components/schemas/SendMessageRequest/properties/message/properties/idempotency_key",
  assumptions: ["A-idempotency-scope"],
  requests: 8,
  isRepeatable: true,
  async check(context) {
    const { api, line, spareLine = line, unique } = context;
    const [person, another = person] = context.people;
    if (person === undefined || another === undefined || (person === another && spareLine === line)) {
      throw new Skip("there are no two chats to write to; name two people with --recipient");
    }
    const id = await chatWith(context, [person]);
    const other = await chatWith({ ...context, line: spareLine }, [another]);
    const before = await countMessages(api, other);
    const message = { ...testMessage(context), idempotency_key: unique() };
    const sent = await api.send(id, message);
    const replay = await api.request("POST", `/chats/${other}/chat_messages`, { message });
    expectSame(
      (replay.response.body as { data?: ApiMessage }).data?.id,
      sent.id,
      "the message of a key that was used in another chat",
    );
    expectSame(await countMessages(api, other), before, "how many messages there are in the other chat");
  },
};
