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

/** Posts a delivery to its receiver, once. */
export async function attempt(
  { body, effect }: Delivery,
  { url, secret }: Subscription,
  { sender, clock, timeoutMs, receivers, abort }: Surroundings,
): Promise<{ readonly made: Attempt; readonly verdict: Verdict }> {
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
  const ended = (verdict: Verdict, status: number | undefined, error: string | undefined) => ({
    made: {
      at,
      ms: performance.now() - startedAt,
      headers,
      status,
      error,
      ...(isBadlySigned && { fault: BAD_SIGNATURE }),
    },
    verdict,
  });
  const notAllowed = reasonNotAllowed(url, receivers);
  if (notAllowed !== undefined) return ended("final", undefined, notAllowed);
  const cancel = clock.at(at + timeoutMs, () => abort.abort(new Error(`no answer within ${timeoutMs / 1000} s`)));
  try {
    const status = await sender.post(url, body, headers, abort.signal);
    const verdict = verdictOf(status);
    return ended(verdict, status, verdict === "received" ? undefined : describeRefusal(status, effect));
  } catch (error) {
    return ended("again", undefined, describeFailure(url, error));
  } finally {
    cancel();
  }
}

/** What `X-Webhook-Signature` says of a body: `sha256=` and the hexadecimal HMAC of its bytes. */
function signature(secret: string, body: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}
