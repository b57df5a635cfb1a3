import { BANNER } from "./banner";
import type { ContractDocument } from "./contract-document";

/** The values that a field may have, for those who read untyped data. */
export function enumerationsModule({ components: { schemas } }: ContractDocument): string {
  const properties = enumerable(schemas["ChatMessage"])["properties"];
  const deliveryStatus = enumerable(properties)["delivery_status"];
  return `${BANNER}
export const DELIVERY_STATUSES = ${values(deliveryStatus)} as const;

export const REACTION_TYPES = ${values(schemas["ReactionType"])} as const;

export const WEBHOOK_EVENTS = ${values(schemas["WebhookEventType"])} as const;
`;
}

function values(schema: unknown): string {
  return JSON.stringify(enumerable(schema)["enum"], null, 2);
}

function enumerable(schema: unknown): Readonly<Record<string, unknown>> {
  return schema as Readonly<Record<string, unknown>>;
}
