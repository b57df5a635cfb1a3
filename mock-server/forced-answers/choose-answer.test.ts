import { type OperationId, operations } from "../../contracts/generated/v2/operations";
import { textOfV2 } from "../../contracts/testing/contract-examples";
import { type Preference, readPreference } from "../server/prefer-header";
import { chooseAnswer } from "./choose-answer";
import answers from "./generated/v2";

function choose(id: OperationId, header: string) {
  return chooseAnswer({ title: operations[id].title, answers: answers[id] }, readPreference(header) as Preference);
}

test.each<[OperationId, string, object]>([
  ["getChat", "code=404", { status: 404 }],
  ["findChat", "example=not-found", { status: 200, example: "not-found" }],
  ["getChat", "example=unauthorized", { status: 401, example: "unauthorized" }],
  ["findChat", "code=200, example=not-found", { status: 200, example: "not-found" }],
  ["sendMessage", "dynamic", { status: 200, seed: "1" }],
  ["sendMessage", "code=201, dynamic", { status: 201, seed: "1" }],
  ["sendMessage", "code=201, dynamic, seed=a-7", { status: 201, seed: "a-7" }],
  ["markChatAsRead", "code=204", { status: 204 }],
  ["startTyping", "code=201", { status: 201 }],
  ["markChatAsRead", "code=204, seed=7", { status: 204 }],
])("%s grants %s", (id, header, chosen) => {
  const assumptions = expect.any(Array);
  expect(choose(id, header)).toEqual({ example: undefined, seed: undefined, assumptions, ...chosen });
});

test.each<[OperationId, string, string, string]>([
  [
    "getChat",
    "code=422",
    "Prefer: code=422 is none of the answers to Get Chat",
    'code is one of 200, 401, 404. For another, arm a fault: POST {"fault": "status", "status": 422, "operation": "getChat", "first": 1} to /__mock/faults.',
  ],
  [
    "getChat",
    "code=2024",
    "Prefer: code=2024 is none of the answers to Get Chat",
    'code is one of 200, 401, 404. 2024 is a code of V3, not a status; for it, arm a fault: POST {"fault": "status", "code": 2024, "operation": "getChat", "first": 1} to /__mock/faults.',
  ],
  ["getChat", "code=20", "Prefer: code=20 is none of the answers to Get Chat", "code is one of 200, 401, 404."],
  ["getChat", "code", "Prefer: code= is none of the answers to Get Chat", "code is one of 200, 401, 404."],
  [
    "findChat",
    "code=200, example=not-fuond",
    "Prefer: example=not-fuond is none of the examples of Find Chat 200",
    "Did you mean not-found? There are: 200 found, not-found.",
  ],
  [
    "findChat",
    "code=200, example=unauthorized",
    "Prefer: example=unauthorized is none of the examples of Find Chat 200",
    "It is an example of 401. There are: 200 found, not-found.",
  ],
  [
    "findChat",
    "example=notFound",
    "Prefer: example=notFound is none of the examples of Find Chat",
    "Did you mean not-found? There are: 200 found, not-found; 400 missing, invalid-number, repeated; 401 unauthorized.",
  ],
  [
    "getChat",
    "example",
    "Prefer: example= is none of the examples of Get Chat",
    "There are: 200 chat; 401 unauthorized; 404 chat.",
  ],
  [
    "markChatAsRead",
    "code=204, example=chat",
    "Prefer: example=chat is none of the examples of Mark Chat as Read 204",
    "It is an example of 404. There are: 401 unauthorized; 404 chat.",
  ],
  [
    "markChatAsRead",
    "dynamic=true",
    "Prefer: dynamic: Mark Chat as Read 204 has no body",
    "A body can be made up for 401, 404; 204 has none, so ask for code=204 alone.",
  ],
  [
    "startTyping",
    "code=201, dynamic=true",
    "Prefer: dynamic: Start Typing 201 has no body",
    "A body can be made up for 401, 404; 201 has none, so ask for code=201 alone.",
  ],
  ["getChat", "dynamic=yes", "Prefer: dynamic must be true or false, not yes", "Send dynamic=true."],
  [
    "getChat",
    "dynamic=true, example=chat",
    "Prefer: example and dynamic exclude each other",
    "An example is ready, and a dynamic body is made up: ask for one of them.",
  ],
  [
    "getChat",
    'dynamic=true, seed="a b"',
    "Prefer: seed is not usable",
    "A seed has up to 64 letters, digits, dots, dashes and underscores: seed=7.",
  ],
])("%s refuses %s, and says what there is", (id, header, detail, hint) => {
  expect(choose(id, header)).toEqual({ status: 400, detail, hint });
});

test("the hint names every example of every operation", () => {
  const contract = textOfV2.document;
  for (const item of Object.values<Record<string, { operationId: OperationId; responses: Record<string, { $ref?: string }> }>>(
    contract.paths,
  )) {
    for (const [method, { operationId, responses }] of Object.entries(item)) {
      if (method === "parameters") continue;
      const { hint } = choose(operationId, "example=qqqqqqqq") as { hint: string };
      for (const [code, response] of Object.entries(responses)) {
        const { content } = response.$ref ? contract.components.responses[response.$ref.split("/").at(-1) ?? ""] : response;
        if (content) expect(hint).toContain(`${code} ${Object.keys(content["application/json"].examples).join(", ")}`);
      }
    }
  }
});
