import type { IncomingHttpHeaders } from "node:http";
import { isRecord } from "../../contracts/exchange";
import type { ApiVersions, WebhookSignature } from "../server/api-version";
import type { OwnReceiver, ReceivedPost } from "../world/own-receiver";

interface Posted {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What was posted to the mock's own receiver, and whether its secret explains the signature. */
export function readPost(
  versions: ApiVersions,
  { secret, answer }: Pick<OwnReceiver, "secret" | "answer">,
  posted: Posted,
): Omit<ReceivedPost, "id" | "since"> {
  const { event_type: event, event_id: eventId } = fieldsOf(posted.body);
  const ofEvent = { event: textOrNull(event), eventId: textOrNull(eventId) };
  return { ...posted, ...ofEvent, ...verify(versions, secret, { ...posted, eventId: ofEvent.eventId ?? "" }), answer };
}

/** By the signatures of each version; it is enough that those of one are right. */
function verify(
  versions: ApiVersions,
  secret: string,
  { headers, body, at, eventId }: Posted & { readonly eventId: string },
): Pick<ReceivedPost, "isVerified" | "why"> {
  const given = ({ header }: WebhookSignature) => headers[header.toLowerCase()];
  const isRight = (one: WebhookSignature): boolean =>
    given(one) === one.sign(secret, { eventId, body }, one.signedAt?.(headers) ?? at);
  const sentBy = versions
    .map(({ signatures }) => signatures.filter((one) => given(one) !== undefined))
    .filter(({ length }) => length > 0);
  const [first] = sentBy;
  if (!first) {
    const names = versions.flatMap(({ signatures }) => signatures.map(({ header }) => header));
    return { isVerified: false, why: `It is not signed: there is no ${[...new Set(names)].join(", and no ")}.` };
  }
  const right = sentBy.find((signatures) => signatures.every(isRight));
  const words = (right ?? first).map((one) => `${one.header} is ${isRight(one) ? "" : "not "}${one.method}.`);
  return { isVerified: right !== undefined, why: words.join(" ") };
}

function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(body);
    return isRecord(read) ? read : {};
  } catch {
    return {};
  }
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
