import { parsePhoneNumber } from "../../../../contracts/identifiers";
import { bestService } from "../../../world/magic-values";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";

/** Whether a number can receive iMessage. One check in 10 s is answered (A-availability-scope). */
export const checkIMessageAvailability: Operation<"checkIMessageAvailability"> = (world, { body: { phone_number }, token }) => {
  const number = parsePhoneNumber(phone_number);
  if (number === undefined) return refuse("numberInvalid", { field: "phone_number", given: phone_number });
  const waitMs = world.availabilityChecks.enter(token, world.clock.now());
  if (waitMs > 0) return refuse("tooManyChecks", { waitMs });
  const service = bestService(world, number);
  return {
    status: 200,
    body: { available: (service ?? "iMessage") === "iMessage", phone_number: number },
  };
};
