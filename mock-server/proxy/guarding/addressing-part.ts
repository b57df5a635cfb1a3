import type { OperationId } from "../../../contracts/generated/v2/operations";

const OF_A_MESSAGE = ["text", "idempotency_key", "attachments", "attachment_urls"].map((field) => ["message", field]);

/** What reaches nobody, whatever it says: texts, keys and links may hold digits that look like a number. */
const REACHES_NOBODY: Partial<Record<OperationId, readonly (readonly string[])[]>> = {
  createChat: [...OF_A_MESSAGE, ["chat", "display_name"]],
  sendMessage: OF_A_MESSAGE,
  editMessage: [["text"]],
};

/** The part of a body that decides who is reached. */
export function addressingPart(operation: OperationId, body: unknown): unknown {
  return (REACHES_NOBODY[operation] ?? []).reduce<unknown>(without, body);
}

function without(value: unknown, [field = "", ...below]: readonly string[]): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, field)) return value;
  const { [field]: found, ...rest } = value as Record<string, unknown>;
  return below.length === 0 ? rest : { ...rest, [field]: without(found, below) };
}
