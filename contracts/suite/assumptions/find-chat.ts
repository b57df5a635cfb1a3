import type { ApiChat } from "../../api-types";
import { findChatPath } from "../../operations";
import { othersIn, UNUSED_NUMBER } from "../api";
import { twoOfLargerGroup } from "../checks/find-chat/03-find-matches-exactly";
import { findableParticipants } from "../checks/find-chat/findable-chats";
import { Skip } from "../law-errors";
import type { RecordedExchange } from "../report";
import { Contradiction, type Group, listIn, type ProbeContext, requireData, requireStatus, statusProbe } from "./probe";

/** One more than the largest group that is known, of numbers that are kept for fiction. */
const CROWD = Array.from({ length: 32 }, (_, i) => `+1202555${String(100 + i).padStart(4, "0")}`);

/** How a chat is found. */
export const findingTests = {
  "A-find-match": [
    { kind: "laws", laws: [1, 3, 4] },
    { kind: "read", requests: 0, probe: partOfLargerGroup },
  ],
  "A-find-first": { kind: "read", requests: 1, probe: firstOfTwins },
  "A-find-unknown-line": { kind: "read", requests: 1, probe: unknownLine },
  "A-find-missing": [
    { kind: "laws", laws: [5] },
    statusProbe("read", 400, {
      "a find without a line": ["GET", `/chats/find?phone_numbers%5B%5D=${encodeURIComponent(UNUSED_NUMBER)}`],
      "a find with a blank participant": ({ line }) => ["GET", findChatPath(line, [" "])],
    }),
  ],
  "A-mixed-parameter": statusProbe("read", 400, {
    "a find with phone_numbers alone": ({ line }) => [
      "GET",
      `${findChatPath(line, [])}&phone_numbers=${encodeURIComponent(UNUSED_NUMBER)}`,
    ],
    "a find with phone_numbers beside phone_numbers[]": ({ line }) => [
      "GET",
      `${findChatPath(line, [UNUSED_NUMBER])}&phone_numbers=${encodeURIComponent(UNUSED_NUMBER)}`,
    ],
  }),
  "A-plus-space": { kind: "read", requests: 1, probe: barePlus },
  "A-group-limit": { kind: "read", requests: 1, probe: crowd },
} satisfies Group;

/** What law 3 asks only where there is such a group. */
async function partOfLargerGroup({ sample, line }: ProbeContext): Promise<string> {
  if (twoOfLargerGroup(await findableParticipants({ sample, line }))) return "two of a larger group were asked for, too";
  throw new Skip("no group of three or more was seen, of whom two could be asked for");
}

async function firstOfTwins({ api, line, sample }: ProbeContext): Promise<string> {
  const chats = (await sample.chats()).items;
  const key = (chat: ApiChat): string => othersIn(chat, line).toSorted().join();
  const twin = chats.find((chat) => chats.some((other) => other.id > chat.id && key(other) === key(chat)));
  if (!twin) throw new Skip("no two chats of the line with the same participants were seen");
  const found = await api.find(line, othersIn(twin, line));
  if (!found) throw new Skip("find did not find a chat that is listed");
  if (found.id > twin.id) throw new Contradiction("find returns one of several chats whose id is not the lowest");
  return "of several chats find returns the one with the lowest id";
}

async function unknownLine({ api, line, sample }: ProbeContext): Promise<string> {
  const subject = "a find with a number that is no line";
  const exchange = await api.request("GET", findChatPath(UNUSED_NUMBER, othersIn(await sample.chat(), line)));
  if (chatIn(exchange, subject) !== null) throw new Contradiction(`${subject} finds a chat`);
  return `${subject} answers 200, and finds none`;
}

async function barePlus({ api, line, sample }: ProbeContext): Promise<string> {
  const subject = "a list of the chats of a number whose + is not encoded";
  if ((await sample.chats()).items.length === 0) throw new Skip("the line has no chats");
  const exchange = await api.request("GET", `/chats?phone_number=${line}&per_page=1`);
  requireStatus(exchange, 200, subject);
  if (listIn(exchange).length === 0) throw new Contradiction(`${subject} is empty`);
  return `${subject} holds them`;
}

async function crowd({ api, line }: ProbeContext): Promise<string> {
  const subject = `a find with ${CROWD.length} participants`;
  const exchange = await api.request("GET", findChatPath(line, CROWD));
  return `${subject} answers 200, and finds ${chatIn(exchange, subject) ? "a chat" : "none"}`;
}

function chatIn(exchange: RecordedExchange, subject: string): ApiChat | null {
  const { chat } = requireData<{ chat: ApiChat | null }>(exchange, 200, subject);
  if (chat !== null && typeof chat.id !== "number") throw new Skip("the chat that was found has no id");
  return chat;
}
