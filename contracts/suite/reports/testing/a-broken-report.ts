import type { ContractReport } from "../../report";
import { aReport } from "./a-report";
import { anExchange } from "./an-exchange";
import { anOutcome, aShape } from "./an-outcome";

const chat = { id: 46, display_name: "Zebediah Quux", group: false };
const found = anExchange("/chats/find?phone_number=%2B12052761148&phone_numbers%5B%5D=2055426109", {
  body: { data: { chat } },
});
const read = anExchange("/chats/46", { body: { data: { ...chat, display_name: "Zeb", mood: "sunny" } } });

/** A report with one of everything that a report can tell of. */
export function aBrokenReport(fields: Partial<ContractReport> = {}): ContractReport {
  return aReport({
    outcomes: [
      anOutcome({ id: "law-1", law: 1, title: "find does not depend on the order of the participants" }),
      anOutcome({
        verdict: "fail",
        reason: "find and get show the same chat differently",
        evidence: {
          what: "the chat that was found, and the same chat read alone",
          pointer: "/display_name",
          expected: "Zeb",
          received: "Zebediah Quux",
        },
        exchanges: [found, read],
      }),
      aShape({
        id: "shape-getChat-200-/data/mood:added",
        title: "the shape of getChat 200",
        operation: "getChat",
        verdict: "added",
        clause: "#/components/schemas/Chat",
        reason: "/data/mood is a field that the contract does not know",
        evidence: { what: "added", pointer: "/data/mood", expected: "nothing of that name", received: "sunny" },
        exchanges: [read],
      }),
      anOutcome({
        id: "law-13",
        law: 13,
        title: "total_count is true",
        operation: "listChats",
        verdict: "inconclusive",
        reason: "the server allows no more requests for now (429)",
        exchanges: [anExchange("/chats?phone_number=%2B12052761148", { status: 429 })],
      }),
      anOutcome({
        id: "law-41",
        law: 41,
        title: "find finds what was created",
        verdict: "skipped",
        reason: "it is not allowed; --allow send does",
      }),
      anOutcome({
        id: "law-46",
        law: 46,
        title: "message_count grows by one",
        verdict: "skipped",
        reason: "it is not allowed; --allow send does",
      }),
      aShape({
        id: "shape-getChat-200-/data/service:type",
        title: "the shape of getChat 200",
        operation: "getChat",
        verdict: "fail",
        reason: "/data/service must be a string",
        known: {
          fingerprint: "shape-getChat-200-/data/service:type#12345678",
          reason: "told to the vendor",
          owner: "team-chat",
          expires: "2026-12-31",
        },
      }),
    ],
    assumptions: [
      {
        id: "A-group",
        text: "`group` follows from who is in a chat now.",
        outcome: "contradicted",
        detail: "a chat with Zebediah Quux alone is a group",
        exchanges: [read],
      },
      { id: "A-list-order", text: "Lists are in ascending id order.", outcome: "confirmed", detail: "they are", exchanges: [] },
    ],
    differences: [
      {
        operation: "getChat",
        meaning: "Get Chat shows another display_name",
        pointer: "/data/display_name",
        target: "Zeb",
        mock: "Zebediah Quux",
        exchange: read,
      },
    ],
    left: [{ operation: "createContact", path: "/contacts/131", undo: { method: "DELETE", path: "/contacts/131" } }],
    ...fields,
  });
}
