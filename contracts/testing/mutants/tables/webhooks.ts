import { createHmac } from "node:crypto";
import type { Answer, Mutant, MutantContext, OutgoingWebhook } from "../mutant";

const SIGNATURE = "x-webhook-signature";

/** Defects of subscriptions, and of what is delivered to them. */
export const webhookMutants: readonly Mutant[] = [
  {
    name: "a refused subscription is shown as it was sent",
    caughtBy: "law-36",
    refusal: { createWebhookSubscription: tellAll, updateWebhookSubscription: tellAll },
  },
  {
    name: "the secret is delivered with each event",
    caughtBy: "law-36",
    delivery: ({ headers, secret }) => {
      if (secret !== undefined) headers["x-webhook-secret"] = secret;
    },
  },
  {
    name: "what is signed has its keys in another order than what is sent",
    caughtBy: "law-37",
    delivery: (delivered) => {
      const entries = Object.entries(JSON.parse(delivered.body ?? "") as object);
      delivered.body = JSON.stringify(Object.fromEntries(entries.toReversed()));
    },
  },
  {
    name: "what is signed is not escaped, and what is sent is",
    caughtBy: "law-37",
    delivery: (delivered) => {
      const escaped = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
      delivered.body = delivered.body?.replaceAll(/[^\0-\x7f]/g, escaped);
    },
  },
  {
    name: "nothing is signed",
    caughtBy: "law-37",
    delivery: ({ headers }) => {
      delete headers[SIGNATURE];
    },
  },
  {
    name: "all subscriptions are signed for with the secret of the first",
    caughtBy: "law-37",
    delivery: ({ headers, body, secret }, memory) => {
      const first = memory.first("secret", secret);
      if (secret && first) headers[SIGNATURE] = signatureOf(body, first);
    },
  },
  {
    name: "a secret that was changed is not signed with",
    caughtBy: "law-37",
    request: {
      updateWebhookSubscription: ({ body }) => {
        const given = (body as { webhook_subscription?: { secret?: unknown } } | undefined)?.webhook_subscription;
        if (typeof given?.secret === "string" && given.secret !== "") delete given.secret;
      },
    },
  },
  {
    name: "contact.created leaves out the company",
    caughtBy: "law-38",
    event: {
      "contact.created": ({ data }) => {
        data.company = null;
      },
    },
  },
  {
    name: "contact.updated tells what was before",
    caughtBy: "law-38",
    event: {
      "contact.created": ({ data }, memory) => void memory.first(`contact ${data.id}`, data),
      "contact.updated": (event, memory) => {
        event.data = memory.first(`contact ${event.data.id}`, event.data);
      },
    },
  },
  {
    name: "contact.updated is sent as contact.created",
    caughtBy: "law-38",
    event: {
      "contact.updated": (event) => {
        Object.assign(event, { event_type: "contact.created" });
      },
    },
  },
  {
    name: "chat.created calls a group direct",
    caughtBy: "law-38",
    event: {
      "chat.created": ({ data }) => {
        Object.assign(data, { is_direct: true, is_group: false });
      },
    },
  },
  {
    name: "chat.created calls a chat with one person a group",
    caughtBy: "law-38",
    event: {
      "chat.created": ({ data }) => {
        Object.assign(data, { is_direct: false, is_group: true });
      },
    },
  },
  {
    name: "chat.created has the ids of other handles",
    caughtBy: "law-38",
    event: {
      "chat.created": ({ data }) => {
        for (const handle of data.chat_handles) handle.id = `${handle.id}0`;
      },
    },
  },
  {
    name: "chat.created says that somebody has left already",
    caughtBy: "law-38",
    event: {
      "chat.created": ({ data }) => {
        for (const handle of data.chat_handles) handle.is_departed = !handle.is_me;
      },
    },
  },
  {
    name: "message.sent is lost",
    caughtBy: "law-38",
    delivery: lose("message.sent"),
  },
  {
    name: "message.sent is lost of the message that opens a chat",
    caughtBy: "law-38",
    event: { "chat.created": ({ data }, memory) => void memory.count(`chat ${data.chat_id}`) },
    delivery: (delivered, memory) => {
      const { data } = JSON.parse(delivered.body ?? "{}") as { data?: { chat_id?: unknown } };
      const isNew = memory.counted(`chat ${data?.chat_id}`) > 0 && memory.counted(`sent in ${data?.chat_id}`) === 0;
      if (delivered.type !== "message.sent" || !isNew) return;
      memory.count(`sent in ${data?.chat_id}`);
      delivered.body = undefined;
    },
  },
  {
    name: "message.sent cuts off the text",
    caughtBy: "law-38",
    event: {
      "message.sent": ({ data }) => {
        data.text = data.text.slice(0, 20);
      },
    },
  },
  {
    name: "message.sent is from the first participant",
    caughtBy: "law-38",
    event: {
      "message.sent": ({ data }) => {
        data.from_phone = data.chat_handles.find(({ is_me }) => !is_me)?.identifier ?? "";
      },
    },
  },
  {
    name: "message.sent tells the time of Greenwich as if it were ours",
    caughtBy: "law-38",
    event: {
      "message.sent": ({ data }) => {
        const [day, clock, offset = ""] = data.sent_at.split(" ");
        const [greenwich = ""] = new Date(`${day}T${clock}${offset}`).toISOString().split(".");
        data.sent_at = `${greenwich.replace("T", " ")} ${offset}`;
      },
    },
  },
  {
    name: "reaction.sent says that somebody else has reacted",
    caughtBy: "law-38",
    event: {
      "reaction.sent": ({ data }) => {
        data.is_from_me = false;
      },
    },
  },
  {
    name: "reaction.sent tells of the latest message of the chat",
    caughtBy: "law-38",
    event: {
      "message.sent": ({ data }, memory) => {
        const { id, text, sent_at } = data;
        Object.assign(memory.first(`latest of ${data.chat_id}`, {}), { id, text, sent_at });
      },
      "reaction.sent": ({ data }, memory) => {
        Object.assign(data.associated_message, memory.first(`latest of ${data.chat_id}`, {}));
      },
    },
  },
  {
    name: "message.read tells of a reading before the message was sent",
    caughtBy: "law-38",
    event: {
      "message.read": ({ data }) => {
        data.read_at = "2025-01-01T00:00:00-06:00";
      },
    },
  },
  {
    name: "contact.deleted is lost",
    caughtBy: "law-39",
    delivery: lose("contact.deleted"),
  },
  {
    name: "contact.deleted has the id of another contact",
    caughtBy: "law-39",
    event: {
      "contact.deleted": ({ data }) => {
        data.id += 1;
      },
    },
  },
];

function tellAll({ body }: Answer, { request }: MutantContext): void {
  if (typeof body === "object" && body !== null && "errors" in body) body.errors = [`invalid: ${JSON.stringify(request.body)}`];
}

function lose(type: string): (delivered: OutgoingWebhook) => void {
  return (delivered) => {
    if (delivered.type === type) delivered.body = undefined;
  };
}

function signatureOf(body: string | undefined, secret: string): string {
  return `sha256=${createHmac("sha256", secret)
    .update(body ?? "")
    .digest("hex")}`;
}
