import type { components } from "../../../../contracts/generated/v2/types";
import type { Line } from "../../../world/model";

/** A line as the API shows it; whose it is belonged to it until 2025. */
export function phoneNumberView(line: Line): components["schemas"]["PhoneNumber"] {
  return {
    id: line.id,
    phone_number: line.phoneNumber,
    forwarding_number: line.forwardingNumber,
    response_rate: line.responseRate,
  };
}
