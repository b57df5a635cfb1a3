import { parsePhoneNumber } from "../../../../contracts/identifiers";
import { forwardCalls } from "../../../world/lines";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";
import { UNREADABLE_ID } from "../../request/read-request";
import { phoneNumberView } from "./view";

/** Sets the number that calls to a line are forwarded to; the empty string and null clear it. */
export const updatePhoneNumber: Operation<"updatePhoneNumber"> = (world, { path, body: { forwarding_number } }) => {
  const line = world.lines.get(path.id);
  if (!line && path.id === UNREADABLE_ID) return refuse("phoneNumberNotFound");
  if (!line) return refuse(world.seed.foreignLineIds.has(path.id) ? "phoneNumberForeign" : "phoneNumberUnknown");
  if (forwarding_number === undefined) return { status: 200, body: phoneNumberView(line) }; // A-forwarding-missing
  const forwardingNumber = forwarding_number ? parsePhoneNumber(forwarding_number) : null;
  if (forwardingNumber === undefined) return refuse("forwardingNumberInvalid", { given: forwarding_number ?? "" });
  return { status: 200, body: phoneNumberView(forwardCalls(world, line, forwardingNumber)) };
};
