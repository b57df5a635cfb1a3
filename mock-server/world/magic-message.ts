import type { Identifier } from "../../contracts/identifier";
import { type Delivery, MAGIC_VALUES, type MagicValue } from "./magic-values";
import type { Message } from "./model";

/** What becomes of a message because of a magic value. */
export interface MagicMessage {
  /** The number or the text. */
  readonly value: string;
  readonly message: "refused" | Delivery;
  readonly happens: string;
}

type Row = MagicValue & Pick<MagicMessage, "message">;

const rows = MAGIC_VALUES.filter((row): row is Row => row.message !== undefined);
const byNumber = new Map<string, Row>(rows.map((row) => [row.number, row]));
const byText = new Map(rows.flatMap((row) => (row.text === undefined ? [] : [[row.text, row] as const])));
const longestText = Math.max(...[...byText.keys()].map((text) => text.length));

/** The magic value that decides over a message with this text to these participants, if one does. One in a group is enough. */
export function magicMessage(text: string, participants: readonly Identifier[]): MagicMessage | undefined {
  const candidates = participants.flatMap((identifier) => byNumber.get(identifier) ?? []);
  const trimmed = text.trim();
  const meant = trimmed.length > longestText ? undefined : byText.get(trimmed.toLowerCase());
  if (!meant && candidates.length === 0) return undefined;
  const row = rows.find((known) => known === meant || candidates.includes(known));
  if (!row) return undefined;
  return { value: row === meant && row.text !== undefined ? row.text : row.number, message: row.message, happens: row.happens };
}

/** Whether a message is as it is because of a magic value: its text may have been edited, and its chat's participants changed. */
export function isShapedBy({ message: delivery }: MagicMessage, message: Message): boolean {
  if (delivery === "refused") return false;
  const { sentAt, deliveredAt, deliveryStatus, failsAt } = message;
  if (delivery.deliveredAfterMs !== null) return deliveredAt === sentAt + delivery.deliveredAfterMs;
  if (deliveredAt !== null) return false;
  if (delivery.failsAfterMs === null) return deliveryStatus === "pending" && failsAt === undefined;
  return failsAt === sentAt + delivery.failsAfterMs || deliveryStatus === "service_unavailable";
}
