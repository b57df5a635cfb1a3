import { signal } from "@preact/signals";

export const TABS = ["webhooks", "requests", "faults", "advice", "state"] as const;
export type Tab = (typeof TABS)[number];

/** What the page shows. The pane is what a narrow page shows alone. */
export interface Place {
  readonly pane: "start" | "chats" | "inspector";
  readonly chat?: number | undefined;
  readonly message?: number | undefined;
  readonly tab: Tab;
  /** What is open in the tab. */
  readonly item?: string | undefined;
}

export const place = signal<Place>(readPlace(location.hash));

addEventListener("hashchange", () => {
  place.value = readPlace(location.hash);
});

/** `#/chats/45?message=812&beside=requests/req-5`, or `#/requests/req-5?chat=45&message=812`. */
function readPlace(hash: string): Place {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [first = "", second] = path.split("/").map(decode);
  const asked = new URLSearchParams(query);
  const [besideTab = "", besideItem] = (asked.get("beside") ?? "").split("/").map(decode);
  const message = numberOf(asked.get("message"));
  if (isTab(first)) return { pane: "inspector", tab: first, item: second, chat: numberOf(asked.get("chat")), message };
  const beside = { tab: isTab(besideTab) ? besideTab : TABS[0], item: isTab(besideTab) ? besideItem : undefined };
  if (first === "start") return { pane: "start", ...beside };
  return { pane: "chats", chat: numberOf(second), message, ...beside };
}

function addressOf({ pane, chat, message, tab, item }: Place): string {
  const spot = item === undefined ? tab : `${tab}/${encodeURIComponent(item)}`;
  const messagePart = chat !== undefined && message !== undefined ? [`message=${message}`] : [];
  if (pane === "inspector") return withQuery(`#/${spot}`, [...(chat === undefined ? [] : [`chat=${chat}`]), ...messagePart]);
  const besidePart = spot === TABS[0] ? [] : [`beside=${spot}`];
  if (pane === "start") return withQuery("#/start", besidePart);
  return withQuery(chat === undefined ? "#/chats" : `#/chats/${chat}`, [...messagePart, ...besidePart]);
}

/** The address of here, but for what changes. */
export function addressWith(changes: Partial<Place>): string {
  return addressOf({ ...place.value, ...changes });
}

export function go(changes: Partial<Place>): void {
  location.hash = addressWith(changes);
}

function withQuery(path: string, parts: readonly string[]): string {
  return parts.length === 0 ? path : `${path}?${parts.join("&")}`;
}

function isTab(text: string): text is Tab {
  return TABS.some((tab) => tab === text);
}

function numberOf(text: string | null | undefined): number | undefined {
  return text && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** An address that somebody has cut off is still one. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
