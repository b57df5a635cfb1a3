import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { textOfV2 } from "../../contracts/testing/contract-examples";
import { type ContractDocument, operationsOf } from "./contract-document";
import { type FactTable, factsPage } from "./facts-table";

const contract: ContractDocument = textOfV2.document;
const facts = parse(readFileSync("contracts/facts.yaml", "utf8")) as FactTable;
const FILE = "mock-server/v2/operations/chats/get-chat.test.ts";

function page(...row: [string, string, string]): string {
  return factsPage({ Chats: [row] }, contract, operationsOf(contract));
}

test("each fact is held by a clause or a test that is there", () => {
  expect(Object.values(facts).flat().length).toBeGreaterThan(120);
  expect(readFileSync("docs/facts.md", "utf8")).toBe(factsPage(facts, contract, operationsOf(contract)));
});

test("a clause is named by an operation or a component, a test by its file", () => {
  expect(page("A chat", "documented", "getChat/responses/200")).toContain("| A chat | documented | `getChat/responses/200` |");
  const test = page("A chat", "A-find-match", `${FILE}: a chat is the same as Find Chat shows it (A-find-match)`);
  expect(test).toContain(`| a chat is the same as Find Chat shows it (A-find-match) (\`${FILE}\`) |`);
});

test.each([
  ["an operation that is not there", "documented", "getChats", "the contract has no #/getChats"],
  ["a status that is not there", "documented", "getChat/responses/418", "responses/418"],
  ["a schema that is not there", "documented", "schemas/Chats", "components/schemas/Chats"],
  ["a test that is not there", "documented", `${FILE}: a chat is a chat`, "there is no test"],
  ["a file that is not there", "documented", "chat.test.ts: a chat", "there is no test chat.test.ts"],
  ["an assumption that is not there", "A-nonsense", "getChat", "A-nonsense is in no ledger"],
])("%s is told", (_, from, heldBy, said) => {
  expect(() => page("A fact", from, heldBy)).toThrow(said);
});
