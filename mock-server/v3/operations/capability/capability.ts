import type { Service } from "../../../../contracts/identifiers";
import { Failure } from "../../../server/failure";
import { httpHints } from "../../../server/http-hints";
import { almostMagicNumberHint, magicServiceHint } from "../../../server/magic-hints";
import { bestService } from "../../../world/magic-values";
import type { World } from "../../../world/world";
import { refuse } from "../../errors";
import { lineAt, refuseNumber } from "../../find-or-404";
import type { Operation, OperationRequest } from "../../operation";
import { readHandle } from "../../sending";

/** Whether an address can receive iMessage. */
export const checkIMessage: Operation<"checkIMessage"> = (world, request) => check(world, request, "iMessage");

/** Whether a number can receive RCS; an e-mail address never can. */
export const checkRcs: Operation<"checkRcs"> = (world, request) => check(world, request, "RCS");

/** One check in 10 s is answered to a token, whichever it is (A-v3-capability-scope). */
function check(
  world: World,
  { body: { address: written, from }, token }: Pick<OperationRequest<"checkIMessage">, "body" | "token">,
  service: Service,
) {
  const address = readHandle(written);
  if (address === undefined) return refuseNumber("address", written, "a number in E.164 form or an e-mail address");
  const line = from === undefined ? undefined : lineAt(world, from);
  if (line instanceof Failure) return line;
  const waitMs = world.availabilityChecks.enter(token, world.clock.now());
  if (waitMs > 0)
    return refuse("1007", {
      retryAfterS: Math.ceil(waitMs / 1000),
      hint: httpHints.limitReached,
      assumption: "A-v3-capability-scope",
    });
  const isAvailable = (bestService(world, address) ?? "iMessage") === service; // A-v3-service-choice
  const more = isAvailable ? { selected_service: service } : { reason: "not_supported" as const };
  const hint = magicServiceHint(world, [address]) ?? almostMagicNumberHint([address]);
  const details = hint === undefined ? {} : { details: { hints: [hint] } };
  return { status: 200 as const, body: { address, available: isAvailable, ...more }, ...details };
}
