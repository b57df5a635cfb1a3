import { randomBytes } from "node:crypto";
import { formatTimestamp } from "../../contracts/timestamps";
import { isUrl } from "../../contracts/urls";
import { examine, NoExam } from "../exam/examine";
import { CONTROL_PREFIX, RECEIVER_HOOK } from "../server/paths";
import { reasonNotAllowed } from "../webhooks/receiver-policy";
import type { OwnReceiver, ReceivedPost } from "../world/own-receiver";
import { allSubscriptions, type PermanentWebhook } from "../world/subscriptions";
import type { World } from "../world/world";
import { type ControlCall, type ControlContext, ControlRefusal, refusal } from "./control-call";
import { invalid } from "./find-by-name";
import type { components } from "./generated/types";
import { refuseUnknown } from "./wait";

type Schemas = components["schemas"];

const DEFAULT_LIMIT = 100;
const SECRET_BYTES = 32;

/** Opens the sandbox's own receiver, or changes what is named of what it answers and is told. */
export const openReceiver: ControlCall<"openReceiver"> = ({ sandbox, versions, selfUrl }, { body }) => {
  const before = sandbox.receiver;
  const [old] = before?.webhooks ?? [];
  const isNamed = body.events !== undefined || body.version !== undefined;
  const { answer, version = old?.version, subscribe = isNamed || !before || old !== undefined } = body;
  if (!subscribe && body.events) return invalid("/events", "events does not go with subscribe: false");
  const events = body.events ?? (version === old?.version ? old?.events : undefined);
  const url = `${selfUrl}${CONTROL_PREFIX}${RECEIVER_HOOK}`;
  const secret = before?.secret ?? `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
  const told = webhookOf(versions, { url, secret, version, events });
  if (told instanceof ControlRefusal) return told;
  const webhooks = subscribe ? [told] : [];
  const { status, delayMs } = before?.answer ?? { status: 200, delayMs: 0 };
  const receiver = {
    url,
    secret,
    answer: { status: answer?.status ?? status, delayMs: answer?.delay_ms ?? delayMs },
    webhooks,
  };
  sandbox.receiveBy(receiver);
  const opened = { receiver: receiverView(sandbox.world, receiver) };
  return before ? { status: 200, body: opened } : { status: 201, body: opened };
};

/** What a receiver is told: the events that are named, else all that the version has, which is the first unless it is said. */
export function webhookOf(
  versions: ControlContext["versions"],
  { url, secret, version: named = versions[0].name, events }: Asked,
): PermanentWebhook | ControlRefusal {
  const version = versions.find(({ name }) => name === named);
  if (!version)
    return invalid("/version", `there is no version ${named}; there are ${versions.map(({ name }) => name).join(", ")}`);
  const { eventTypes } = version;
  for (const type of events ?? []) {
    const refused = refuseUnknown("event", type, eventTypes);
    const other = versions.find((one) => one.eventTypes.includes(type));
    const hint = other && `${type} is an event of ${other.name.toUpperCase()}: say version: ${other.name}, or leave it out.`;
    if (refused) return new ControlRefusal(422, { ...refused.error, pointer: "/events", ...(hint && { hint }) });
  }
  return { url, secret, version: named, events: [...new Set(events ?? eventTypes)] };
}

interface Asked extends Pick<PermanentWebhook, "url" | "secret"> {
  readonly version?: string | undefined;
  readonly events?: readonly string[] | undefined;
}

/** What the receiver got, newest first. */
export const readReceiver: ControlCall<"readReceiver"> = ({ sandbox: { world, receiver } }, { query }) => {
  const newest = world.received.values().slice(-(query.limit ?? DEFAULT_LIMIT));
  return {
    status: 200,
    body: {
      receiver: receiver ? receiverView(world, receiver) : null,
      received: newest.map(receivedView).reverse(),
      evicted: world.received.evicted,
    },
  };
};

/** Ends its subscriptions, and forgets what it got. */
export const closeReceiver: ControlCall<"closeReceiver"> = ({ sandbox }) => {
  sandbox.receiveBy(undefined);
  return { status: 204, body: undefined };
};

function receiverView(world: World, { url, secret, answer }: OwnReceiver): Schemas["Receiver"] {
  const ids = allSubscriptions(world).flatMap(({ origin, id }) => (origin === "receiver" ? [id] : []));
  return { url, secret, answer: answerView(answer), subscription_id: ids[0] ?? null, subscription_ids: ids };
}

/** What was posted to the receiver as the control API shows it. */
export function receivedView({ id, at, event, eventId, isVerified, why, ...posted }: ReceivedPost): Schemas["Received"] {
  const headers = Object.fromEntries(Object.entries(posted.headers).map(([name, value]) => [name, String(value)]));
  return {
    ...{ id, at: formatTimestamp(at), event, event_id: eventId },
    ...{ verified: isVerified, why, headers, body: posted.body, answer: answerView(posted.answer) },
  };
}

function answerView({ status, delayMs }: OwnReceiver["answer"]): Schemas["Receiver"]["answer"] {
  return { status, delay_ms: delayMs };
}

/** Sends a receiver what real life sends, and answers with its grade. */
export const takeExam: ControlCall<"takeExam"> = async (
  { sandbox: { world }, versions },
  { body: { url, secret, version: name } },
) => {
  if (!isUrl(url) || !/^https?:/.test(url)) return invalid("/url", "url must be an http or https URL");
  const version = versions.find((known) => known.name === (name ?? versions[0].name));
  if (!version)
    return invalid("/version", `There is no version ${name}`, `There is ${versions.map((one) => one.name).join(", ")}.`);
  const notAllowed = reasonNotAllowed(url, world.settings);
  if (notAllowed !== undefined)
    return refusal(403, "not_allowed", `This receiver gets nothing: ${notAllowed}`, { pointer: "/url" });
  try {
    const { checks, ...exam } = await examine(world, { url, secret, version, versions });
    return { status: 200, body: { exam: { ...exam, checks: [...checks] } } };
  } catch (error) {
    if (!(error instanceof NoExam)) throw error;
    const hint =
      error.code === "nothing_to_tell" ? "POST /__mock/simulate/message lets somebody write." : "Start the receiver.";
    return refusal(409, error.code, error.message, { hint });
  }
};
