import type { Message } from "./api";

/** A message apart from whether it has arrived and been read, which may change at any time. */
export function apartFromReceipts(message: Message): object {
  const { delivered_at: _, delivery_status: __, is_read: ___, ...rest } = message;
  return rest;
}
