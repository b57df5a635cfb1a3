import { createHmac } from "node:crypto";
import { BAD_SIGNATURE } from "../../fixtures/resolve/fault-kinds";
import type { Clock } from "../world/clock";
import type { Attempt, Delivery } from "../world/delivery-log";
import type { Subscription } from "../world/model";
import { describeFailure, describeRefusal, type ReceiverPolicy, reasonNotAllowed, type Verdict, verdictOf } from "./receiver";
import type { EventSender } from "./sender";

interface Surroundings {
  readonly sender: EventSender;
  readonly clock: Clock;
  /** How long the receiver has. */
  readonly timeoutMs: number;
  readonly receivers: ReceiverPolicy;
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
  { body, effect }: Delivery,
  { url, secret }: Subscription,
  { sender, clock, timeoutMs, receivers, abort }: Surroundings,
): Promise<MadeAttempt> {
  const isBadlySigned = secret !== null && effect?.isSignedWell === false;
  const headers = {
    "Content-Type": "application/json",
    "User-Agent": "linq-mock",
    ...(secret !== null && {
      "X-Webhook-Signature": signature(isBadlySigned ? "not the secret of any subscription" : secret, body),
    }),
  };
  const at = clock.now();
  const startedAt = performance.now();
  const ended = (verdict: Verdict, status: number | undefined, error?: string, failure?: Attempt["failure"]) => ({
    made: {
      at,
      ms: performance.now() - startedAt,
      headers,
      status,
      error,
      ...(failure !== undefined && { failure }),
      ...(isBadlySigned && { fault: BAD_SIGNATURE }),
    },
    verdict,
  });
  const notAllowed = reasonNotAllowed(url, receivers);
  if (notAllowed !== undefined) return ended("final", undefined, notAllowed, "not_allowed");
  const tooSlow = new Error(`no answer within ${timeoutMs / 1000} s`);
  const cancel = clock.at(at + timeoutMs, () => abort.abort(tooSlow));
  try {
    const { status, beginning: answer } = await sender.post(url, body, headers, abort.signal);
    const verdict = verdictOf(status);
    if (verdict === "received") return { ...ended(verdict, status), answer };
    return { ...ended(verdict, status, describeRefusal(status, effect), "receiver_refused"), answer };
  } catch (error) {
    const failure = error === tooSlow ? "receiver_too_slow" : "receiver_unreachable";
    return ended("again", undefined, describeFailure(url, error), failure);
  } finally {
    cancel();
  }
}

/** Whether a secret explains the signature that was sent last, and why or why not. */
export function verifySignature(
  { attempts, body, subscriptionId }: Delivery,
  secret: string,
): { verified: boolean; why: string } {
  const last = attempts.at(-1);
  const refused = (why: string) => ({ verified: false, why });
  if (!last) return refused("Nothing was sent yet.");
  const sent = last.headers["X-Webhook-Signature"];
  if (sent === undefined) return refused(`Nothing was signed: subscription ${subscriptionId} had no secret.`);
  if (last.fault !== undefined) return refused("The signature was spoilt on purpose: it is that of no secret.");
  if (sent === signature(secret, body))
    return { verified: true, why: "X-Webhook-Signature is the HMAC-SHA256 of the raw body by this secret." };
  const tidy = secret.trim().replace(/^(["'])(.*)\1$/s, "$2");
  if (sent === signature(tidy, body))
    return refused("The secret itself does; here, blanks or quotation marks stand around it.");
  return refused("It was signed with another secret.");
}

/** What `X-Webhook-Signature` says of a body: `sha256=` and the hexadecimal HMAC of its bytes. */
function signature(secret: string, body: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}
