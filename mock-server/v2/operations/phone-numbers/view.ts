import type { components } from "../../../../contracts/generated/v2/types";
import type { Line } from "../../../world/model";
import type { World } from "../../../world/world";

/** A line as the API shows it; its user, if it has one, is in the vendor's quick start only. */
export function phoneNumberView(world: World, line: Line): components["schemas"]["PhoneNumber"] {
  const user = world.users.get(line.userId ?? 0);
  return {
    id: line.id,
    phone_number: line.phoneNumber,
    forwarding_number: line.forwardingNumber,
    response_rate: line.responseRate,
    ...(user && { user: { id: user.id, name: user.name, email: user.email } }),
  };
}
