import { realTime } from "../../contracts/client/pace";
import { BAD_SIGNATURE } from "../../fixtures/resolve/fault-kinds";
import { type ApiVersion, secretOf } from "../server/api-version";
import { basePathOf, hintIn } from "../server/paths";
import type { Attempt, Delivery } from "../world/delivery-log";
import type { Subscription } from "../world/model";
import type { World } from "../world/world";
import { describeFailure, describeRefusal, isNowhere, type Verdict, verdictOf } from "./receiver-answers";
import { reasonNotAllowed } from "./receiver-policy";
import type { EventSender } from "./sender";

interface Surroundings {
  readonly sender: EventSender;
  readonly world: World;
  /** The version of the API that the event is of. */
  readonly version: ApiVersion;
  /** Ends the attempt. */
  readonly abort: AbortController;
}

interface MadeAttempt {
  readonly made: Attempt;
  readonly verdict: Verdict;
  /** What the receiver has answered, if it did. */
  readonly answer?: Promise<string>;
}

/** Posts a delivery to its receiver, once. */
export async function attempt(
  delivery: Delivery,
  subscription: Subscription,
  { sender, world, version, abort }: Surroundings,
): Promise<MadeAttempt> {
  const { clock, settings: receivers } = world;
  const { timeoutMs } = version.deliveryPolicy;
  const { body, effect } = delivery;
  const { url, origin } = subscription;
  const secret = secretOf(version, subscription);
  const at = clock.now();
  const signedAt = realTime.now(); // A-v3-webhook-timestamp
  const isBadlySigned = secret !== null && effect?.isSignedWell === false;
  const headers = {
    "Content-Type": "application/json",
    "User-Agent": "linq-mock",
    ...version.webhookHeaders?.(world, delivery, subscription, signedAt),
    ...(secret !== null && signaturesOf(version, delivery, isBadlySigned ? NO_SECRET : secret, signedAt)),
  };
  const startedAt = performance.now();
  const ended = (verdict: Verdict, status: number | undefined, error?: string, failure?: Attempt["failure"]) => ({
    made: {
      at,
      signedAt,
      ms: performance.now() - startedAt,
      headers,
      status,
      error,
      ...(failure !== undefined && { failure }),
      ...(isBadlySigned && { fault: BAD_SIGNATURE }),
    },
    verdict,
  });
  const notAllowed = origin === "receiver" ? undefined : reasonNotAllowed(url, receivers);
  if (notAllowed !== undefined) return ended("final", undefined, notAllowed, "not_allowed");
  const tooSlow = new Error(`no answer within ${timeoutMs / 1000} s`);
  const cancel = clock.at(at + timeoutMs, `the receiver of ${delivery.eventType} is too slow`, () => {
    if (performance.now() - startedAt < timeoutMs / 2) tooSlow.message += " by the sandbox's clock, which was advanced";
    abort.abort(tooSlow);
  });
  try {
    const { status, beginning: answer } = await sender.post(url, body, headers, abort.signal);
    const verdict = verdictOf(status);
    if (verdict === "received") return { ...ended(verdict, status), answer };
    const refusal = hintIn(basePathOf(receivers.address.url), describeRefusal(status, delivery, secret !== null));
    return { ...ended(verdict, status, refusal, "receiver_refused"), answer };
  } catch (error) {
    const failure = error === tooSlow ? "receiver_too_slow" : "receiver_unreachable";
    return ended(isNowhere(error) ? "final" : "again", undefined, describeFailure(url, error), failure);
  } finally {
    cancel();
  }
}

/** Not the secret of any subscription. */
export const NO_SECRET = "not the secret of any subscription";

/** The headers that prove whom a webhook is from, as of an instant. */
export function signaturesOf(
  { signatures }: Pick<ApiVersion, "signatures">,
  delivery: Pick<Delivery, "eventId" | "body">,
  secret: string,
  at: number,
): Record<string, string> {
  return Object.fromEntries(signatures.map(({ header, sign }) => [header, sign(secret, delivery, at)]));
}

/** Whether a secret explains the signatures that were sent last, and why or why not. */
export function verifySignature(
  { signatures }: Pick<ApiVersion, "signatures">,
  delivery: Delivery,
  secret: string,
): { verified: boolean; why: string } {
  const last = delivery.attempts.at(-1);
  const refused = (why: string) => ({ verified: false, why });
  if (!last) return refused("Nothing was sent yet.");
  const sent = signatures.filter(({ header }) => last.headers[header] !== undefined);
  if (sent.length === 0) return refused(`Nothing was signed: subscription ${delivery.subscriptionId} had no secret.`);
  if (last.fault !== undefined) return refused("The signature was spoilt on purpose: it is that of no secret.");
  const explainedBy = (text: string) =>
    sent.filter(({ header, sign }) => last.headers[header] === sign(text, delivery, last.signedAt));
  const explained = explainedBy(secret);
  const reasons = sent.map((signature) => {
    const { header, method } = signature;
    return explained.includes(signature) ? `${header} is ${method}.` : `${header} is not ${method}.`;
  });
  if (explained.length > 0) return { verified: explained.length === sent.length, why: reasons.join(" ") };
  const tidy = secret.trim().replace(/^(["'])(.*)\1$/s, "$2");
  if (explainedBy(tidy).length > 0) return refused("The secret itself does; here, blanks or quotation marks stand around it.");
  return refused("It was signed with another secret.");
}
