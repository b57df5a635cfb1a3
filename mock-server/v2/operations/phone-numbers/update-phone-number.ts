import { parsePhoneNumber } from "../../../../contracts/identifiers";
import { forwardCalls } from "../../../world/lines";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";
import { phoneNumberView } from "./view";

/** Sets the number that calls to a line are forwarded to; the empty string clears it. */
export const updatePhoneNumber: Operation<"updatePhoneNumber"> = (world, { path, body: { forwarding_number } }) => {
  const line = world.lines.get(path.id);
  if (!line && world.seed.foreignLineIds.has(path.id)) return refuse("phoneNumberForeign");
  if (!line) return refuse("phoneNumberNotFound");
  const forwardingNumber = forwarding_number === "" ? null : parsePhoneNumber(forwarding_number);
  if (forwardingNumber === undefined)
    return refuse("forwardingNumberInvalid", { field: "forwarding_number", given: forwarding_number });
  return { status: 200, body: phoneNumberView(forwardCalls(world, line, forwardingNumber)) };
};
