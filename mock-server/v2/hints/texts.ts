import { parsePhoneNumber } from "../../../contracts/identifiers";
import { httpHints } from "../../server/http-hints";
import { namesAre } from "../../server/ignored-names";
import { shortened } from "../../server/printable-text";
import { linesShown } from "../../world/lines";

const PLUS_MEANS_SPACE = "A + in a query string means a space. Write it as %2B.";

/** What the mock tells a human about the mistakes that real clients make; the answers stay the vendor's. */
export const hints = {
  tokenMissing: "Send your integration token in the header X-LINQ-INTEGRATION-TOKEN.",
  tokenInAuthorization: "V2 reads the header X-LINQ-INTEGRATION-TOKEN; Authorization: Bearer belongs to V3.",
  tokenInOtherHeader: (name: string): string => `${name} is not read: the token goes into the header X-LINQ-INTEGRATION-TOKEN.`,
  tokenUnknown:
    "The token is not known. The mock was started with --token and accepts only those tokens, and sandbox-<name> for that sandbox.",
  tokenWithBearer: "X-LINQ-INTEGRATION-TOKEN takes the token alone, without Bearer.",
  sandboxTwice: (opened: string): string => `The token names another sandbox than the base URL, which opened ${opened}.`,
  sandboxName: "Sandboxes are chosen by the token sandbox-<name> or by the base URL /s/<name>.",

  createChatBodyFlat:
    'Create Chat takes {"send_from": "+1...", "chat": {"phone_numbers": ["+1..."]}, "message": {"text": "..."}}: the fields stand inside of chat and message.',
  idNotRead: "That is no id: it was not read from where the answer has it.",
  chatIdNotRead:
    "That is no id. A chat has its id at data.id in the answer of Create Chat and at data.chat.id in that of Find Chat, not at the top level.",
  findMisspelt: "That was read as an id; did you mean find?",
  idMalformed: "Ids are positive integers.",
  idOfV3: "That is an id of V3; those of V2 are positive integers. GET /api/partner/v2/chats has them.",
  pathOfV3: (title: string, path: string): string => `In V3 the path is ${shortened(path)} (${title}).`,
  partsOfV3: 'parts are of V3; V2 has {"message": {"text": "...", "attachment_urls": ["..."]}}.',

  findNotFound: "Not found is 200 with data.chat null; do not wait for a 404, and do not take a 200 for found.",
  findPhoneNumberIsNoLine: (number: string, lines: Iterable<string>): string =>
    `${number} is none of your lines, so nothing can be found. phone_number is your own line (${linesShown(lines)}); the participants go into phone_numbers[].`,
  listPhoneNumberIsNoLine: (number: string, lines: Iterable<string>): string =>
    `${number} is none of your lines (${linesShown(lines)}), and nobody in a chat has it.`,
  sendFromIsNoLine: (lines: Iterable<string>): string => `send_from is your own line: ${linesShown(lines)}.`,
  findSwapped: (line: string, number: string): string =>
    `phone_number is your own line and phone_numbers[] the participants; here they look swapped: ${line} is your line, ${number} is not.`,
  bracketsMissing: (sent: string): string =>
    `You sent ${shortened(sent)}. The parameter is phone_numbers[], brackets included, repeated once per participant: phone_numbers%5B%5D=%2B1...&phone_numbers%5B%5D=%2B1...`,
  repeated: (name: string): string => `${name} takes one value.`,
  lineRepeated: "phone_number takes one value, your own line. Participants go into phone_numbers[], once per participant.",

  plusNotEncoded: (names: readonly string[]): string =>
    `${names.join(" and ")} began with a space: a + in a query string means a space. Write it as %2B.`,
  plusInEmail: PLUS_MEANS_SPACE,
  numberWritten: (raw: string): string => {
    if (raw.includes("@")) return /\s/.test(raw) ? "An e-mail address has no spaces." : "That is no e-mail address.";
    if (raw.includes(",")) return "Give each participant a value of its own; numbers are not separated by commas.";
    if (/^%2b/i.test(raw)) return "The number was percent-encoded twice.";
    if (!/^[\d\s+().-]+$/.test(raw)) return "Write numbers in E.164 or as ten digits.";
    const read = parsePhoneNumber(raw.replace(/[^\d+]/g, ""));
    const correct = read === undefined ? "" : `: ${read}`;
    return `Write numbers in E.164 or as ten digits, without spaces or punctuation${correct}. You sent ${JSON.stringify(shortened(raw))}.`;
  },
  urlNotEncoded: (correct: string): string =>
    `What a URL cannot hold is percent-encoded, and a name of a host is in punycode: ${shortened(correct)}.`,
  numberWithoutArea: "North American area codes begin with 2 to 9.",
  nullGiven: (names: readonly string[]): string => `${namesAre(names)} null, which V2 does not know there; leave it out.`,
  prefixTwice: (prefix: string): string => `The path has ${prefix} twice: the base URL ends with it already.`,
  doubleSlash: (single: string): string => `The path has a double slash; did you mean ${shortened(single)}?`,
  stringifiedTwice: "The body is JSON within a text: it was stringified twice.",
  listOfBodies: "The body is one object, not a list.",
  objectAsText: "The text is [object Object]: an object was put in its place.",
  messageIsObject: 'message is an object: {"message": {"text": "..."}}.',
  listExpected: (name: string): string => `${name} is a list, also of one: ["..."].`,
  formListExpected: (name: string): string => `${name} is a list: write the second brackets, too.`,
  textBesideFiles: "text is required beside files, too, and may be empty there.",
  reactionNamed: (written: string, meant: string): string =>
    `The reaction ${shortened(written)} is called ${meant}: {"type": "${meant}", "operation": "add"}.`,
  versionIsTwo: "version is the number 2.",
  eventUnknown: (written: string, advice: string): string => `There is no event ${shortened(written)}: ${advice}`,
  pageClamped: "page or per_page cannot be, and was served as one that can (--pagination clamp); by default that is a 400.",
  pageTooLarge: "per_page is at most 100, and was taken for 100.",
  lineMissing: (lines: Iterable<string>): string =>
    `phone_number is your own line: ${linesShown(lines)}. The participants go into phone_numbers[].`,
  lineMissingAndJoined: (lines: Iterable<string>): string =>
    `phone_number is your own line: ${linesShown(lines)}. The participants go into phone_numbers[], each in one of its own, without commas.`,
  chatsListed: (path: string): string => `GET ${path} lists the chats of a line.`,
  linesListed: "GET /api/partner/v2/phone_numbers lists your lines, with their ids.",
  webhookTwice: "--webhook sends everything to this webhook_url already, so that these events will come twice.",
  subscriptionTwice: (id: number): string =>
    `Subscription ${id} has the same webhook_url and events of these, which will come twice.`,
  attachmentsNotFiles:
    "attachments is not read here: it takes files, in multipart/form-data and under the name message[attachments][]. Files are named by their URLs in attachment_urls.",
  webhookNotWrapped:
    'The body is wrapped: {"webhook_subscription": {"webhook_url": "http://...", "events": ["message.received"], "version": 2}}.',
  eventsEmpty: "events is empty, so nothing will be delivered.",
  contactNotFound: "Not found is 200 with contact null; do not wait for a 404, and do not take a 200 for found.",
  typingInGroup: "Nobody sees it: typing is not shown in groups.",
  cardNotShown: (service: string): string =>
    `Nobody gets it: a contact card goes by iMessage only, and this chat is by ${service}.`,
  groupLeft: "Your line has left this group: nothing that it sends there reaches anybody.",
  contactSharingDisabled: "The fixture says contact_sharing: false.",
  contactCardMissing: "The fixture says contact_card: false of the line.",
  reactionNotThere: (type: string): string =>
    `Your line has no ${type} on this message; a person has at most one reaction on a message.`,
  idempotencyKeyReused: (id: number): string =>
    `The idempotency key was used for message ${id}, which had another text; nothing was sent.`,
  idempotencyKeyElsewhere: (id: number, chatId: number): string =>
    `The idempotency key was used for message ${id}, in chat ${chatId}; nothing was sent to anybody else.`,
  availabilityLimit: httpHints.limitReached,
  momentWritten: (moment: string): string =>
    /T[\d:.]+ \d\d:?\d\d$/i.test(moment) ? PLUS_MEANS_SPACE : "Write ISO 8601, such as 2025-05-21T15:30:00.000-05:00.",
  laterPagesUnread: (pages: number): string =>
    `This list has ${pages} pages, and you read only the first again and again; ask for page=2.`,
};
