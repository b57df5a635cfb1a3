import { parseIdentifier } from "../contracts/identifier";

/** What the mock tells a human about the mistakes that real clients make; the answers stay the vendor's. */
export const hints = {
  tokenMissing: "Send your integration token in the header X-LINQ-INTEGRATION-TOKEN; the mock takes any.",
  tokenInAuthorization: "V2 reads the header X-LINQ-INTEGRATION-TOKEN; Authorization: Bearer belongs to V3.",
  tokenUnknown: "The mock was started with --token and accepts only those tokens, and sandbox-<name>.",
  sandboxName:
    "A sandbox name is 1 to 64 of A-Z a-z 0-9 _ -, in the token sandbox-<name> or the base URL /s/<name>; there can be 10,000 of them.",

  createChatBodyFlat:
    'Create Chat takes {"send_from": "+1...", "chat": {"phone_numbers": ["+1..."]}, "message": {"text": "..."}}; nothing of it stands at the top level but these three.',
  idNotRead:
    "That is no id. A chat has its id at data.id in the answer of Create Chat and at data.chat.id in that of Find Chat, not at the top level.",
  pathUndecodable: "The path is not validly percent-encoded.",
  idMalformed: "Ids are positive integers.",

  findNotFound: "Not found is 200 with data.chat null; do not wait for a 404, and do not take a 200 for found.",
  findPhoneNumberIsNoLine: (number: string, lines: readonly string[]): string =>
    `${number} is none of your lines, so nothing can be found. phone_number is your own line (${lines.join(", ")}); the participants go into phone_numbers[].`,
  findSwapped: (line: string, number: string): string =>
    `phone_number is your own line and phone_numbers[] the participants; here they look swapped: ${line} is your line, ${number} is not.`,
  bracketsMissing: (sent: string): string =>
    `You sent ${sent}. The parameter is phone_numbers[], brackets included, repeated once per participant: phone_numbers%5B%5D=%2B1...&phone_numbers%5B%5D=%2B1...`,
  repeated: (name: string): string => `${name} takes one value. Participants go into phone_numbers[], once per participant.`,

  plusNotEncoded: (name: string): string => `${name} began with a space: a + in a query string means a space. Write it as %2B.`,
  numberWritten: (raw: string): string => {
    const suggestion = parseIdentifier(raw.replace(/[^\d+@a-z.]/gi, ""));
    const correct = suggestion === undefined ? "" : `, here ${suggestion}`;
    return `Write numbers in E.164 or as ten digits, without spaces or punctuation${correct}.`;
  },
  jsonExpected: "Send JSON with the header Content-Type: application/json.",
  notBuilt: "The mock does not answer this operation yet; see the README for those it does.",
};
