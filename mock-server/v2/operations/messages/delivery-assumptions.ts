import type { AssumptionId } from "../../../../contracts/generated/v2/operations";
import { isDeliveredHere } from "../../../world/messages";
import type { Message } from "../../../world/model";
import type { World } from "../../../world/world";

/** What the delivery of these messages rests on: of those that were sent here, when they are delivered. */
export function deliveryAssumptions(world: World, messages: readonly Message[]): AssumptionId[] {
  return messages.some((message) => isDeliveredHere(world, message)) ? ["A-delivery"] : [];
}
