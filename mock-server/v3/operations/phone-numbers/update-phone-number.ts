import { forwardCalls } from "../../../world/lines";
import { refuse } from "../../errors";
import { refuseNumber } from "../../find-or-404";
import type { Operation } from "../../operation";
import { readHandle } from "../../sending";

/** Sets the number that calls to a line are forwarded to; the empty string and null clear it. */
export const updatePhoneNumber: Operation<"updatePhoneNumber"> = (world, { path: { phoneNumberId }, body }) => {
  const id = world.publicIds.idOf("line", phoneNumberId) ?? 0;
  const line = world.lines.get(id);
  if (!line) return refuse(world.seed.foreignLineIds.has(id) ? "2005" : "2019");
  const { forwarding_number: written } = body;
  const number = written ? readHandle(written) : null;
  if (number === undefined) return refuseNumber("forwarding_number", written ?? "");
  const { phoneNumber, forwardingNumber } = forwardCalls(world, line, number);
  return { status: 200, body: { id: phoneNumberId, forwarding_number: forwardingNumber, phone_number: phoneNumber } };
};
