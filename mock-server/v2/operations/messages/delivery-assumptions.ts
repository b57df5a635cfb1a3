import type { AssumptionId } from "../../../../contracts/generated/v2/operations";
import type { Message } from "../../../world/model";

/** What the delivery of these messages rests on: of those that were sent here, when they are delivered. */
export function deliveryAssumptions(messages: readonly Message[]): AssumptionId[] {
  return messages.some(({ deliveryStatus }) => deliveryStatus === "pending") ? ["A-delivery"] : [];
}
