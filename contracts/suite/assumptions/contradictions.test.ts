import type { ApiChat, ApiContact } from "../../api-types";
import { FakeTime } from "../../client/testing/fake-time";
import type { AssumptionId } from "../../generated/v2/operations";
import { type Answer, change, type Mutant, type OutgoingWebhook } from "../../testing/mutants/mutant";
import { MutantServer } from "../../testing/mutants/mutant-server";
import { startTarget, type Target } from "../../testing/start-mock";
import { law11 } from "../checks/lists/11-group-has-several-participants";
import { law15 } from "../checks/lists/15-page-past-end";
import type { AssumptionOutcome } from "../report";
import { runContract } from "../run";
import { assumptionTests } from "./index";

/* What is said of servers that do otherwise than is assumed. */

const LINES = ["+12052761148", "+15559876543", "+13125550150"];

let target: Target;
let server: MutantServer;

beforeAll(async () => {
  target = await startTarget();
  server = await new MutantServer(target).start();
});
beforeEach(() => target.reset());
afterAll(async () => {
  await server.stop();
  await target.stop();
});

const LINKED = {
  id: "32c5ef44-41a0-4791-baa3-0ffefdd6ce6d",
  url: "https://files.example.com/a.png",
  filename: "a.png",
  mime_type: "image/png",
  file_size: 0,
};

/** How a server differs from ours. */
type Difference = Omit<Mutant, "name" | "caughtBy" | "elsewhere">;

/** What is found out about an assumption from a server that is not ours. */
async function probe(id: AssumptionId, difference: Difference): Promise<Pick<AssumptionOutcome, "outcome" | "detail">> {
  server.become({ name: id, ...difference });
  const { token, line, spareLine } = target;
  const allowed = { allow: ["write", "visible", "send"], recipients: ["+19075550101"] } as const;
  const options = { ...allowed, target: server.url, token, line, spareLine, isOwnMock: false, eventTimeoutMs: 300 };
  const asked = [law11, law15].filter(({ assumptions = [], stepAssumptions = [] }) =>
    [...assumptions, ...stepAssumptions].includes(id),
  );
  const probed = { "A-find-missing": assumptionTests["A-find-missing"], [id]: assumptionTests[id] }; // there is always something refused
  const { assumptions, left } = await runContract({ ...options, time: new FakeTime() }, asked, probed);
  server.verify();
  expect(left).toEqual([]);
  const { outcome, detail } = assumptions.find((one) => one.id === id) as AssumptionOutcome;
  return { outcome, detail };
}

const answers =
  (status: number) =>
  (answer: Answer): void => {
    answer.status = status;
  };

const lose =
  (lost: string) =>
  (delivery: OutgoingWebhook): void => {
    if (delivery.type === lost) delivery.body = undefined;
  };

const reading: [AssumptionId, string, Difference][] = [
  [
    "A-find-unknown-line",
    "a find with a number that is no line answers 404 instead of 200",
    { answer: { findChat: (answer) => answers(answer.body.data.chat ? 200 : 404)(answer) } },
  ],
  [
    "A-find-first",
    "find returns one of several chats whose id is not the lowest",
    { answer: { listChats: ({ body }) => void body.data.push({ ...(body.data.at(-1) as ApiChat), id: 1 }) } },
  ],
  ["A-find-missing", "a find without a line answers 422 instead of 400", { refusal: { findChat: answers(422) } }],
  ["A-group-limit", "a find with 32 participants answers 414 instead of 200", { answer: { findChat: answers(414) } }],
  [
    "A-plus-space",
    "a list of the chats of a number whose + is not encoded is empty",
    {
      answer: {
        listChats: ({ body }, { request }) => {
          if (request.query.get("phone_number")?.startsWith(" ")) body.data = [];
        },
      },
    },
  ],
  [
    "A-list-order",
    "the list of contacts is in another order",
    { answer: { listContacts: ({ body }) => void body.contacts.reverse() } },
  ],
  [
    "A-list-scope",
    "the list of a participant who has chats with two lines lacks one of them",
    {
      answer: {
        listChats: ({ body }, { request }) => {
          if (!LINES.includes(request.query.get("phone_number") ?? "")) body.data = body.data.filter(isOn(target.line));
        },
      },
    },
  ],
  [
    "A-list-unknown",
    "the list of the chats of a number that nobody has answers 404 instead of 200",
    { answer: { listChats: (answer) => answers(answer.body.data.length > 0 ? 200 : 404)(answer) } },
  ],
  [
    "A-group",
    "chat 1 with 1 participant besides the line is called a group (law 11)",
    { answer: { listChats: change("/data/*/group", () => true) } },
  ],
  [
    "A-page-past-end",
    "List Chats answers 404, not 200 (law 15)",
    { answer: { listChats: (answer) => answers(answer.body.data.length > 0 ? 200 : 404)(answer) } },
  ],
  [
    "A-email-case",
    "an e-mail address in capitals is not found",
    { request: { findContact: ({ query }) => query.set("email", `${query.get("email")?.replaceAll(/[A-Z]/g, "x")}`) } },
  ],
  [
    "A-contact-find",
    "find returns one of several contacts whose id is not the lowest",
    { request: { findContact: ({ query }) => query.delete("phone_number") } },
  ],
  [
    "A-contact-match",
    "a chat is named by the number of a participant who has a contact",
    {
      answer: {
        listChats: ({ body }) => {
          for (const chat of body.data) chat.display_name = chat.chat_handles[0]?.phone_number ?? "";
        },
      },
    },
  ],
  [
    "A-contact-match",
    "of several contacts a chat is named after one whose id is not the lowest",
    {
      answer: {
        listContacts: ({ body }) =>
          void body.contacts.unshift({ ...(body.contacts[0] as ApiContact), id: 0, full_name: "Nobody" }),
      },
    },
  ],
  [
    "A-number-display",
    "a number outside North America is shown in another form",
    { answer: { listChats: abroad("+49 (30) 90-1820") } },
  ],
  ["A-number-display", "an e-mail address is shown in another form", { answer: { listChats: abroad("ANN@EXAMPLE.COM") } }],
  [
    "A-display-name",
    "the line is part of a chat's name",
    { answer: { listChats: change("/data/*/display_name", (name) => `${name}, +1 (205) 276-1148`) } },
  ],
  [
    "A-time-form",
    "a time is in UTC and has no milliseconds",
    {
      answer: {
        listContacts: change("/contacts/*/created_at", (time) => new Date(String(time)).toISOString().replace(/\.\d+/, "")),
      },
    },
  ],
  [
    "A-message-order",
    "messages are listed in another order than they were sent",
    { answer: { listMessages: ({ body }) => void body.data.reverse() } },
  ],
  [
    "A-404-others",
    "a message that does not exist is answered in another envelope",
    { refusal: { getMessage: change("", () => ({ status: "error", message: "Not Found" })) } },
  ],
];

const changing: [AssumptionId, string, Difference][] = [
  [
    "A-contact-empty",
    "the unset fields of a new contact are empty strings",
    { answer: { createContact: change("/data/email", () => "") } },
  ],
  [
    "A-contact-values",
    "the number of a contact is not shown in E.164 form",
    { answer: { patchContact: change("/data/phone_number", () => "(205) 276-1148") } },
  ],
  [
    "A-update-owner",
    "an update without user_email changes the owner",
    { answer: { patchContact: change("/data/contact_owner/id", (id) => Number(id) + 1) } },
  ],
  [
    "A-webhook-update",
    "an update without a secret removes it",
    { answer: { updateWebhookSubscription: change("/webhook_subscription/secret_configured", () => false) } },
  ],
  [
    "A-webhook-events",
    "a subscription to no events answers 422 instead of 201",
    { instead: { createWebhookSubscription: () => ({ status: 422, headers: {}, body: {} }) } },
  ],
  [
    "A-availability-number",
    "checking a number of ten digits does not answer with it in E.164 form",
    { answer: { checkIMessageAvailability: change("/phone_number", () => "9075550101") } },
  ],
  [
    "A-availability-scope",
    "checking another number within 10 s answers 200 instead of 429",
    { refusal: { checkIMessageAvailability: answers(200) } },
  ],
  ["A-text-blank", "sending an empty text answers 400 instead of 422", { refusal: { sendMessage: answers(400) } }],
  [
    "A-create-name",
    "creating a chat that exists with a name renames it",
    {
      answer: {
        createChat: ({ body }, { request }) => {
          body.data.display_name = (request.body as { chat: { display_name?: string } }).chat.display_name ?? "";
        },
      },
    },
  ],
  [
    "A-delivery",
    "a message that was just sent is delivered instead of pending",
    { answer: { createChat: change("/data/chat_messages/delivery_status", () => "delivered") } },
  ],
  [
    "A-reaction-one",
    "removing a reaction that is not there answers 422 instead of 404",
    { refusal: { createReaction: answers(422) } },
  ],
  [
    "A-reaction-repeat",
    "adding a reaction that is there already makes a new one",
    {
      answer: {
        createReaction: ({ body }, { memory }) => void Object.assign(body.data, { id: memory.count("reactions") + 1 }),
      },
    },
  ],
  [
    "A-message-delete",
    "sending with the key of a deleted message answers 200 instead of 201",
    { answer: { sendMessage: answers(200) } },
  ],
  [
    "A-message-count",
    "message_count differs from the messages that are there after one was deleted",
    { answer: { getChat: change("/data/message_count", (count) => Number(count) + 1) } },
  ],
  [
    "A-read-event",
    "marking a chat as read does not send an event for each message, within 0.3 s",
    { delivery: lose("message.read") },
  ],
  [
    "A-remove-reaction",
    "removing a reaction answers 200 instead of 201",
    {
      answer: {
        createReaction: (answer, { request }) => {
          if (JSON.stringify(request.body).includes("remove")) answer.status = 200 as 201;
        },
      },
    },
  ],
  [
    "A-error-wording",
    "the code of a 400 of Find Chat is invalid_request instead of missing_phone or missing_params or invalid_params",
    { refusal: { every: change("/errors/*/code", () => "invalid_request") } },
  ],
];

test.each([...reading, ...changing])("%s: %s", async (id, detail, difference) => {
  expect(await probe(id, difference)).toEqual({ outcome: "contradicted", detail });
});

test.each<[AssumptionId, string, Difference]>([
  [
    "A-find-first",
    "of several chats find returns the one with the lowest id",
    { answer: { listChats: ({ body }) => void body.data.push({ ...(body.data.at(-1) as ApiChat), id: 999 }) } },
  ],
  [
    "A-number-display",
    "a number outside North America is shown as it is assumed",
    { answer: { listChats: abroad("+49 30 901820") } },
  ],
  ["A-number-display", "an e-mail address is shown as it is assumed", { answer: { listChats: abroad("ann@example.com") } }],
  [
    "A-linked-file-size",
    "a file whose file_size is 0 was seen",
    { answer: { listMessages: change("/data/*/attachments", () => [LINKED]) } },
  ],
])("%s on a server that shows more than ours: %s", async (id, detail, difference) => {
  expect(await probe(id, difference)).toEqual({ outcome: "confirmed", detail });
});

test.each(["A-create-name", "A-create-self", "A-idempotency-create"] as const)(
  "that chats are created with 201 is told once, and does not contradict %s",
  async (id) => {
    expect((await probe(id, { answer: { createChat: answers(201) } })).outcome).toBe("confirmed");
  },
);

/** Makes somebody far away of the participant of the first chat. */
function abroad(name: string): (answer: Answer<{ data: ApiChat[] }>) => void {
  return ({ body: { data } }) => {
    const person = name.includes("@") ? name.toLowerCase() : "+4930901820";
    for (const handle of data[0]?.chat_handles ?? []) if (!LINES.includes(handle.phone_number)) handle.phone_number = person;
    Object.assign(data[0] as ApiChat, { display_name: name });
  };
}

function isOn(line: string): (chat: ApiChat) => boolean {
  return ({ chat_handles }) => chat_handles.some(({ phone_number }) => phone_number === line);
}
