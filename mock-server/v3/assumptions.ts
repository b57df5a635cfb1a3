import { SENDING } from "../../contracts/client/request-kinds";
import type { components } from "../../contracts/generated/v3/types";

type Schemas = components["schemas"];
type Message = Schemas["MessageInput"];
type Part = Schemas["MessagePartInput"];

/** What an answer rests on by what was asked, beside what every answer of its operation does. The request was one that the contract allows. */
export function restsOn(operation: string, body: unknown): string[] {
  if (operation === "sendVoiceMemo") {
    return (body as Schemas["VoiceMemoRequest"]).voice_memo_url === undefined ? [] : ["A-v3-linked-file"];
  }
  if (operation === "updateChat") return restsOfUpdate(body as Schemas["ChatUpdateRequest"]);
  if (!SENDING.some((id) => id === operation)) return [];
  const { message, to = [] } = body as { readonly message: Message; readonly to?: readonly string[] };
  const ids: string[] = [];
  for (const id in OF_MESSAGE) if (OF_MESSAGE[id]?.(message)) ids.push(id);
  if (new Set(to).size < to.length) ids.push("A-v3-duplicate-handles");
  return ids;
}

function restsOfUpdate({ display_name: name, group_chat_icon: icon }: Schemas["ChatUpdateRequest"]): string[] {
  const clears = name === null || name?.trim() === "" || icon === null || icon === "";
  return [...(clears ? ["A-v3-group-clear"] : []), ...(icon ? ["A-v3-linked-file"] : [])];
}

const OF_MESSAGE: Readonly<Record<string, (message: Message) => boolean>> = {
  "A-v3-experience": ({ experience }) => experience !== undefined,
  "A-v3-linked-file": hasPart((part) => part.type === "media" && part.url !== undefined),
  "A-v3-card-without-url": hasPart((part) => part.type === "imessage_app" && part.url === undefined),
  "A-v3-mention-range": hasPart(
    (part) => part.type === "text" && part.mention_range !== undefined && (part.mention ?? part.mentions) === undefined,
  ),
  "A-v3-mentions-shape": hasPart((part) => part.type === "text" && part.mentions !== undefined),
};

function hasPart(applies: (part: Part) => boolean): (message: Message) => boolean {
  return ({ parts = [] }) => parts.some(applies);
}
