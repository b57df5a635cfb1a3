import { act } from "./action";
import { go, place, type Tab } from "./address";
import { moveClock } from "./clock";
import { toggleTyping } from "./composer";
import { dialog, openDialog } from "./dialog";
import { conversation } from "./open-chat";
import { personaOf } from "./persona";
import { keysAreOn } from "./preferences";
import { redeliverLast } from "./status-line";

/** Every key, or two after each other, and what it does, as the help lists them. */
export const KEYS: readonly (readonly [keys: string, does: string, act: () => void])[] = [
  ["/", "search conversations", () => focus("#search")],
  ["j", "next row", () => move(1)],
  ["k", "row before", () => move(-1)],
  ["c", "write in the conversation", () => focus("#compose")],
  ["t", "type, or stop, as whom you write", () => typing()],
  ["r", "redeliver the webhook whose row has the focus, or the last", () => redeliverLast()],
  [".", "let time pass to the next event", () => void act(() => moveClock({ next_event: true }))],
  ["x", "reset, after a question", () => openDialog("reset")],
  ["g c", "conversations", () => toConversations()],
  ["g w", "webhooks", () => toTab("webhooks")],
  ["g r", "requests", () => toTab("requests")],
  ["g f", "faults", () => toTab("faults")],
  ["g a", "advice", () => toTab("advice")],
  ["g s", "state", () => toTab("state")],
  ["?", "these keys", () => openDialog("help")],
];

const BOTH_WITHIN_MS = 1000;

export function listenToKeys(): void {
  let before = { key: "", at: 0 };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return back(event);
    if (!isFree(event)) return;
    const key = event.shiftKey ? event.key : event.key.toLowerCase(); // signs are typed with Shift on some keyboards
    const both = event.timeStamp - before.at < BOTH_WITHIN_MS ? `${before.key} ${key}` : key;
    before = { key, at: event.timeStamp };
    const [, , does] = KEYS.find(([keys]) => keys === both) ?? KEYS.find(([keys]) => keys === key) ?? [];
    if (!does) return;
    event.preventDefault();
    does();
  });
}

/** Not while somebody types, or answers a question. */
function isFree({ target }: KeyboardEvent): boolean {
  const isTyping = (target as Element).closest("input:not([type=checkbox]), textarea, select, dialog, [popover]") !== null;
  return !isTyping && dialog.value === undefined && keysAreOn.value;
}

/** Returns whether there was something to focus. */
function focus(selector: string): boolean {
  const element = document.querySelector<HTMLElement>(selector);
  element?.focus();
  if (element instanceof HTMLInputElement) element.select();
  return element !== null;
}

/** Moves the focus by rows of the pane that has it. Enter opens, as with every link and button. */
function move(by: 1 | -1): void {
  const pane = document.activeElement?.closest(".pane") ?? document.querySelector(".conversations");
  const rows = [...(pane?.querySelectorAll<HTMLElement>(".row-link, .stamp") ?? [])];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const chosen = rows.findIndex((row) => row.matches("[aria-current], [aria-expanded=true]"));
  const fallback = chosen >= 0 ? chosen : pane?.matches(".chat") ? rows.length - 1 : 0;
  const next = rows[at < 0 ? fallback : at + by];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

/** Closes what is open, and goes back to its row. */
function back(event: KeyboardEvent): void {
  if (event.defaultPrevented || dialog.value !== undefined || document.querySelector(":popover-open")) return;
  const { item, message, pane } = place.value;
  if (pane === "inspector" && item !== undefined) return closeItem();
  if (message !== undefined) {
    go({ message: undefined });
    return void focus(`#message-${message} .stamp`);
  }
  if (pane === "inspector") return go({ pane: "chats" });
  focus(".chat-row[aria-current]");
}

function closeItem(): void {
  const { tab, item } = place.value;
  const row = tab === "webhooks" ? `event-${item}` : `request-${item}`;
  go({ item: undefined });
  document.getElementById(row)?.querySelector<HTMLElement>(".row-link")?.focus();
}

function toConversations(): void {
  go({ pane: "chats" });
  setTimeout(() => focus(".chat-row[aria-current]") || focus(".chat-row"));
}

function toTab(tab: Tab): void {
  go({ pane: "inspector", tab, item: undefined });
  setTimeout(() => focus(".inspector .row-link") || focus(".inspector .tabs [aria-current]"));
}

function typing(): void {
  const { value: chat } = conversation.chat;
  if (chat) toggleTyping(chat, personaOf(chat));
}
