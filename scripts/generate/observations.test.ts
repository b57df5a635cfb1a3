import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { assumptionTests } from "../../contracts/suite/assumptions/index";
import type { ContractReport } from "../../contracts/suite/report";
import { type ObservedFact, type ObservedFacts, observedFacts } from "../../contracts/suite/reports/observed-facts";
import { textOfV2 } from "../../contracts/testing/contract-examples";
import { MutantRunner } from "../../contracts/testing/mutants/runner";
import { allVariations } from "../../contracts/testing/variations/index";
import { CONTRACT_LINES } from "../../fixtures/contract-world";
import type { ContractDocument } from "./contract-document";
import { latest, observationsIn } from "./observations";

/* What a run has found out of a server becomes what the contract says of it. */

const contract: ContractDocument = textOfV2.document;
const DIFFERENCES = ["a page that is none is the first", "the newest chats come first"];
const PROBED = [
  "A-mixed-parameter",
  "A-list-order",
  "A-auth-envelope",
  "A-page-invalid",
  "A-404-others",
  "A-edit-window",
  "A-extra-fields",
] as const;
const VENDOR = "https://api.linqapp.com";
const TOKEN = "a-token-of-somebody";

let report: ContractReport;
let folder: string;

beforeAll(async () => {
  const runner = await MutantRunner.start();
  const layers = allVariations.filter(({ name }) => DIFFERENCES.includes(name));
  const probed = Object.fromEntries(PROBED.map((id) => [id, assumptionTests[id]]));
  report = await runner.report(layers, { asked: [], demands: "documented", probed }).finally(() => runner.stop());
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "linq-mock-facts-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function factsOfVendor(fields: Partial<ObservedFacts> = {}): ObservedFacts {
  return { ...observedFacts({ ...report, target: VENDOR }, { token: TOKEN }), ...fields };
}

function write(file: string, content: unknown): void {
  writeFileSync(join(folder, file), JSON.stringify(content));
}

test("a run tells what it has settled, by which answers and when, and what it did not try is left out", () => {
  const { facts, ...rest } = factsOfVendor();
  expect(rest).toEqual({ linq_mock_facts: 1, date: report.startedAt.slice(0, 10), target: "vendor" });
  expect(Object.fromEntries(facts.map(({ assumption, ...fact }) => [assumption, fact]))).toEqual({
    "A-mixed-parameter": expect.objectContaining({ answer: "confirmed", evidence: [{ operation: "findChat", status: 400 }] }),
    "A-list-order": expect.objectContaining({
      answer: "contradicted",
      seen: "the list of chats is in another order",
      instead: null,
    }),
    "A-page-invalid": {
      answer: "contradicted",
      partly: false,
      seen: "a page of 0 answers 200 instead of 400",
      instead: "clamped",
      evidence: [{ operation: "listContacts", status: 200 }],
    },
    "A-404-others": expect.objectContaining({ answer: "confirmed", partly: true }), // no unknown route is asked of a server that knows PATCH
    "A-extra-fields": expect.objectContaining({ answer: "confirmed", partly: true }),
  });
  expect(observedFacts(report, {}).target).toBe("other");
});

test("nothing that was sent or answered is in it but words of ours", () => {
  const text = JSON.stringify(factsOfVendor());
  const seen = new Set(report.exchanges.flatMap(({ request, response }) => valuesIn([request.body, response.body])));
  expect(seen.size).toBeGreaterThan(20);
  expect([...seen, ...Object.values(CONTRACT_LINES), TOKEN].filter((value) => text.includes(value))).toEqual([]);
});

/** Texts that are somebody's: numbers, names and addresses, which have a capital letter, a digit or a sign in them. */
function valuesIn(value: unknown): string[] {
  if (typeof value === "string") return value.length > 3 && /[^a-z ]/.test(value) ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(valuesIn) : [];
}

test("what is probably too strict is asked about first", () => {
  const places = ["/contacts?page=0", "phone_numbers="].map((part) =>
    report.exchanges.findIndex(({ request }) => request.path.includes(part)),
  );
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((one, other) => one - other));
});

test("applied, it changes what the contract rests on, what the mock does, and what the ledger says", async () => {
  for (const part of ["contracts", "fixtures", "mock-server", "scripts", "docs", "package.json", "tsconfig.json"])
    cpSync(part, join(folder, part), { recursive: true });
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  const facts = factsOfVendor().facts.map((fact) => (fact.assumption === "A-404-others" ? { ...fact, partly: false } : fact));
  write("contracts/observed/2026-12-31-ann.json", factsOfVendor({ date: "2026-12-31", facts }));
  const verdicts = `
    const { statusBasisOf } = require("./contracts/basis.ts");
    const { judge } = require("./contracts/suite/judge-law.ts");
    const { expectThat } = require("./contracts/suite/expect.ts");
    const check = async () => expectThat(false, "a status", { expected: 404, received: 200 });
    const law = { number: 99, title: "it holds", broken: "it does not", operation: "getChat", assumptions: ["A-404-others"], check };
    const session = { transport: { requests: 0, listen: () => () => {} }, options: { isOwnMock: true }, demands: "documented", context() {} };
    judge(law, session, { get() {}, contradicted: new Set() }).then(({ verdict }) =>
      console.log(JSON.stringify([statusBasisOf("getChat", 405), verdict])));`;
  const inCopy = (...args: string[]) => promisify(execFile)(process.execPath, ["--import", "tsx", ...args], { cwd: folder });

  expect(JSON.parse((await inCopy("-e", verdicts)).stdout)).toEqual([["A-404-others"], "contradicted"]);
  await inCopy("scripts/generate.ts", "contracts/generated/v2/observed.ts", "docs/");
  expect(JSON.parse((await inCopy("-e", verdicts)).stdout)).toEqual(["observed", "fail"]);
  expect(readFileSync(join(folder, "docs/command-line.md"), "utf8")).toContain("| `--pagination <way>` | clamp |");
  const ledger = readFileSync(join(folder, "docs/assumptions.md"), "utf8").split("\n");
  const seenOf = (id: string) =>
    ledger
      .find((row) => row.startsWith(`| ${id} `))
      ?.split(" | ")
      .at(-1);
  const by = "[2026-12-31](../contracts/observed/2026-12-31-ann.json)";
  expect(seenOf("A-404-others")).toContain(`confirmed (${by}, \`listMessages\` 404`);
  expect(seenOf("A-page-invalid")).toBe(
    `**contradicted**: a page of 0 answers 200 instead of 400 (${by}, \`listContacts\` 200); the mock follows: clamped |`,
  );
  expect(seenOf("A-list-order")).toContain("needs a change of the mock");
  expect(readFileSync(join(folder, "docs/contract.md"), "utf8")).toContain(
    "| 22 | a message belongs to its chat alone (observed: A-404-others) |",
  );
});

const FACT: ObservedFact = {
  ...{ assumption: "A-find-first", answer: "confirmed", partly: false },
  ...{ seen: "of several chats find returns the one with the lowest id", instead: null, evidence: [] },
};

test.each([
  [
    "what was seen last is believed",
    [
      ["2026-12-31", {}],
      ["2026-12-30", { answer: "contradicted" }],
    ],
    "confirmed",
  ],
  [
    "of one day, what contradicts is",
    [
      ["2026-12-31", { answer: "contradicted" }],
      ["2026-12-31", {}],
    ],
    "contradicted",
  ],
  ["what was confirmed in part settles nothing", [["2026-12-31", { partly: true }]], undefined],
] as [string, [string, Partial<ObservedFact>][], string | undefined][])("%s", (_, files, answer) => {
  for (const [i, [date, fields]] of files.entries())
    write(`${i}.json`, factsOfVendor({ date, facts: [{ ...FACT, ...fields }] }));
  expect(latest(observationsIn(folder, contract))[0]?.answer).toBe(answer);
});

test.each([
  ["another server's", () => observedFacts(report, {}), "it is of another server"],
  ["another file", () => ({}), "it was not written by linq-mock contract --facts"],
  [
    "an assumption that is gone",
    () => factsOfVendor({ facts: [{ ...FACT, assumption: "A-gone" as never }] }),
    "A-gone is in no ledger",
  ],
])("%s is refused, by its name", (_, content, said) => {
  write("x.json", content());
  expect(() => observationsIn(folder, contract)).toThrow(`x.json: ${said}`);
});
