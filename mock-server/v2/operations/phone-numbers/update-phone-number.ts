import { parsePhoneNumber } from "../../../../contracts/identifiers";
import { failure, phoneNumberNotFound } from "../../errors";
import { hints } from "../../hints";
import type { Operation } from "../../operation";
import { phoneNumberView } from "./view";

/** Sets the number that calls to a line are forwarded to; the empty string clears it. */
export const updatePhoneNumber: Operation<"updatePhoneNumber"> = (world, { path, body: { forwarding_number } }) => {
  const line = world.lines.get(path.id);
  if (!line && world.seed.foreignLineIds.has(path.id)) return failure(403, "id names a phone number that is not yours");
  if (!line) return phoneNumberNotFound;
  const forwardingNumber = forwarding_number === "" ? null : parsePhoneNumber(forwarding_number);
  if (forwardingNumber === undefined) {
    const notes = { assuming: ["A-forwarding-number"], hint: hints.numberWritten(forwarding_number) } as const;
    return failure(422, "forwarding_number is not a valid phone number", notes);
  }
  const updated = world.lines.replace({ ...line, forwardingNumber });
  world.announce({ kind: "line.updated", line: updated });
  return {
    status: 200,
    body: phoneNumberView(world, updated),
    assuming: forwarding_number === "" ? [] : ["A-forwarding-number"],
  };
};
