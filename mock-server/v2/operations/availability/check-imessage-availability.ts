import { parsePhoneNumber } from "../../../../contracts/identifiers";
import { bestService } from "../../../world/availability";
import { invalidNumber, tooManyRequests } from "../../errors";
import { hints } from "../../hints";
import type { Operation } from "../../operation";
import { magicServiceHint } from "../magic/magic-service-hint";

/** Whether a number can receive iMessage. One check in 10 s is answered (A-availability-scope). */
export const checkIMessageAvailability: Operation<"checkIMessageAvailability"> = (world, { body: { phone_number }, token }) => {
  const number = parsePhoneNumber(phone_number);
  if (number === undefined) return invalidNumber(422, "phone_number", phone_number);
  const waitMs = world.availabilityChecks.enter(token, world.clock.now());
  if (waitMs > 0)
    return tooManyRequests("phone_number may be checked once every 10 seconds per line", waitMs, {
      assuming: ["A-availability-scope"],
      hint: hints.availabilityLimit,
    });
  const service = bestService(world, number);
  return {
    status: 200,
    body: { available: (service ?? "iMessage") === "iMessage", phone_number: number },
    assuming: ["A-availability-number", ...(service === undefined ? (["A-availability"] as const) : [])],
    hint: magicServiceHint(world, [number]),
  };
};
