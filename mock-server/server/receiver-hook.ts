import type { RequestHandler } from "express";
import { MAX_FILE_BYTES } from "../../contracts/limits";
import { receivedView } from "../control/receiver";
import { readPost } from "../webhooks/received-post";
import { DEFAULT_SANDBOX, type Sandboxes } from "../world/sandboxes";
import type { ApiVersions } from "./api-version";
import { readWholeBody } from "./base-app";
import { exchangeOf } from "./exchange";
import { send, sendControlError } from "./send";

/** Takes what is posted to a sandbox's own receiver. Whoever may reach the mock may post; it tells nothing of what it got. */
export function receiverHook(versions: ApiVersions, sandboxes: Sandboxes): RequestHandler {
  return async (req, res) => {
    const name = exchangeOf(res).sandboxName ?? DEFAULT_SANDBOX;
    const bytes = await readWholeBody(req, MAX_FILE_BYTES).catch(() => null);
    if (bytes === null) return; // it was cut off
    const sandbox = sandboxes.get(name);
    const receiver = sandbox?.receiver;
    if (!sandbox || !receiver) {
      const hint = "POST /__mock/receiver opens one.";
      return sendControlError(res, 404, { code: "receiver_closed", message: "No receiver is open here", hint });
    }
    if (!bytes) return sendControlError(res, 413, { code: "too_large", message: `It is over ${MAX_FILE_BYTES} bytes` });
    const { world } = sandbox;
    const at = world.clock.now();
    const post = world.received.add(readPost(versions, receiver, { headers: req.headers, body: bytes.toString(), at }));
    sandbox.tell("received", () => ({ received: receivedView(post) }), 2 * post.body.length);
    const { status, delayMs } = receiver.answer;
    const answer = (): void => send(res, status, undefined);
    if (delayMs === 0) return answer();
    const cancel = world.clock.hold(at + delayMs, "the mock's own receiver answers", answer);
    res.once("close", cancel);
  };
}
