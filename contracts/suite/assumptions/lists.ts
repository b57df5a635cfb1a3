import type { ApiChat } from "../../api-types";
import { displayIdentifier, parseIdentifier } from "../../identifiers";
import { MOST_PER_PAGE } from "../../limits";
import { othersIn, queryString, UNUSED_NUMBER } from "../api";
import { Skip } from "../law-errors";
import type { RecordedExchange } from "../report";
import { Contradiction, type Group, listIn, type ProbeContext, requireBody, requireStatus, statusProbe } from "./probe";

/** What lists hold, and in which order. */
export const listTests = {
  "A-list-order": { kind: "read", requests: 0, probe: ascendingIds },
  "A-list-scope": { kind: "read", requests: 3, probe: everyLine },
  "A-list-email": { kind: "read", requests: 1, probe: byEmail },
  "A-list-unknown": { kind: "read", requests: 1, probe: unknownNumber },
  "A-group": { kind: "laws", laws: [11] },
  "A-page-past-end": { kind: "laws", laws: [15] },
  "A-page-invalid": [
    statusProbe("read", 400, {
      "a page of 0": ["GET", "/contacts?page=0"],
      "a per_page that is a word": ["GET", "/contacts?per_page=many"],
    }),
    { kind: "answers", conclude: tooLongPage },
  ],
  "A-display-name": { kind: "read", requests: 0, probe: lineLeftOut },
  "A-time-form": { kind: "read", requests: 0, probe: timeForm },
  "A-repeated-parameter": statusProbe("read", 400, {
    "a phone_number that is given twice": ({ line }) => [
      "GET",
      `/chats?${queryString({ phone_number: line })}&${queryString({ phone_number: line })}`,
    ],
  }),
} satisfies Group;

async function ascendingIds({ sample }: ProbeContext): Promise<string> {
  const read: [what: string, entries: readonly { id: number }[]][] = [
    ["lines", await sample.lines()],
    ["chats", (await sample.chats()).items],
    ["contacts", (await sample.contacts()).items],
  ];
  const long = read.filter(([, { length }]) => length > 1);
  if (long.length === 0) throw new Skip("no list holds more than one entry");
  for (const [what, entries] of long) {
    const isAscending = entries.every(({ id }, i) => i === 0 || Number(id) > Number(entries[i - 1]?.id)); // texts have an order of their own
    if (!isAscending) throw new Contradiction(`the list of ${what} is in another order`);
  }
  return `the ids ascend in the list of ${long.map(([what]) => what).join(" and of ")}`;
}

async function lineLeftOut({ line, sample }: ProbeContext): Promise<string> {
  const identifier = parseIdentifier(line);
  const contacts = (await sample.contacts()).items.filter(({ phone_number }) => phone_number === line);
  const ownNames = [identifier ? displayIdentifier(identifier) : line, ...contacts.map(({ full_name }) => full_name)];
  const chats = (await sample.chats()).items.map((chat) => ({ chat, names: chat.display_name.split(", ") }));
  if (chats.some(({ names }) => names.some((name) => ownNames.includes(name)))) {
    throw new Contradiction("the line is part of a chat's name");
  }
  if (!chats.some(({ chat, names }) => names.length === othersIn(chat, line).length)) {
    throw new Skip("no chat whose name could be made of its participants' was seen");
  }
  return "a chat's name has a part for each participant, and none for the line";
}

async function timeForm({ sample }: ProbeContext): Promise<string> {
  const chats = (await sample.chats()).items;
  const contacts = (await sample.contacts()).items;
  const times = [
    ...chats.flatMap(({ chat_handles }) => chat_handles.map(({ joined_at }) => joined_at)),
    ...contacts.flatMap(({ created_at, updated_at }) => [created_at, updated_at]),
  ];
  if (times.length === 0) throw new Skip("no time was seen");
  if (times.some((time) => String(time).endsWith("Z"))) throw new Contradiction("a time is in UTC and has no milliseconds");
  return "times have milliseconds and the offset of US Central time";
}

async function everyLine(context: ProbeContext): Promise<string> {
  const { own, others, lines } = await context.once(placesOfLines);
  const participants = new Set(own.map(({ person }) => person));
  const shared = others.find(({ person }) => participants.has(person) && !lines.includes(person));
  if (!shared) throw new Skip("nobody was seen who has chats with two lines of the account");
  return chatListed(context, shared, "the list of a participant who has chats with two lines");
}

async function byEmail(context: ProbeContext): Promise<string> {
  const { own, others } = await context.once(placesOfLines);
  const known = [...own, ...others].find(({ person }) => person.includes("@"));
  if (!known) throw new Skip("no participant with an e-mail address was seen");
  return chatListed(context, known, "the list of the chats of an e-mail address");
}

async function chatListed({ api }: ProbeContext, { person, chat }: Place, subject: string): Promise<string> {
  const exchange = await api.request("GET", `/chats?${queryString({ phone_number: person, per_page: MOST_PER_PAGE })}`);
  const { meta } = requireBody<{ meta: { total_pages: number } }>(exchange, 200, subject);
  if (listIn<ApiChat>(exchange).some(({ id }) => id === chat.id)) return `${subject} holds them`;
  if (meta.total_pages > 1) throw new Skip(`${subject} is too long to look for one in it`);
  throw new Contradiction(`${subject} lacks one of them`);
}

async function unknownNumber({ api }: ProbeContext): Promise<string> {
  const subject = "the list of the chats of a number that nobody has";
  const exchange = await api.request("GET", `/chats?${queryString({ phone_number: UNUSED_NUMBER })}`);
  requireStatus(exchange, 200, subject);
  if (listIn(exchange).length > 0) throw new Skip("a number that is kept for fiction has chats");
  return `${subject} is empty`;
}

/** Law 16 has asked for too long a page, and takes a refusal as well. */
function tooLongPage(seen: readonly RecordedExchange[]): string {
  const exchange = seen.find(({ request }) => Number(/[?&]per_page=(\d+)/.exec(request.path)?.[1]) > MOST_PER_PAGE);
  if (!exchange) throw new Skip("no page longer than the longest was asked for");
  requireStatus(exchange, 200, "a per_page over 100");
  const { meta, pagination } = exchange.response.body as Record<string, { per_page?: unknown } | undefined>;
  const perPage = (meta ?? pagination)?.per_page;
  if (typeof perPage !== "number") throw new Skip("a list does not say how long its pages are");
  if (perPage !== MOST_PER_PAGE) throw new Contradiction(`a per_page over 100 is served as ${perPage}`, exchange);
  return "a per_page over 100 is served as 100";
}

/** Somebody in a chat. */
interface Place {
  readonly person: string;
  readonly chat: ApiChat;
}

const MOST_OTHERS = 2;

/** Who is in which chat of the line, and of other lines of the account, but not of many. */
async function placesOfLines({ api, line, sample }: ProbeContext) {
  const lines = (await sample.lines()).map(({ phone_number }) => phone_number);
  const placesOf = (own: string, chats: readonly ApiChat[]): Place[] =>
    chats.flatMap((chat) => othersIn(chat, own).map((person) => ({ person, chat })));
  const others: Place[] = [];
  for (const other of lines.filter((number) => number !== line).slice(0, MOST_OTHERS)) {
    others.push(...placesOf(other, (await api.chats(other, { per_page: MOST_PER_PAGE })).items));
  }
  return { own: placesOf(line, (await sample.chats()).items), others, lines };
}
