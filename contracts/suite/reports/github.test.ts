import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { ContractReport } from "../report";
import { clauseLine, renderGithub } from "./github";
import { jsonReport } from "./json";
import { aBrokenReport } from "./testing/a-broken-report";
import { aReport } from "./testing/a-report";
import { anOutcome, aShape } from "./testing/an-outcome";

const contractText = readFileSync(join(__dirname, "../../linq-v2.openapi.yaml"), "utf8");
const contractLines = contractText.split("\n");
const linesOfV3 = readFileSync(join(__dirname, "../../linq-v3.openapi.yaml"), "utf8").split("\n");

function render(report: ContractReport, strict = false): string[] {
  const text = renderGithub(jsonReport(report, { strict, showValues: false }), { v2: contractLines, v3: linesOfV3 });
  expect(text.endsWith("\n")).toBe(true);
  return text.slice(0, -1).split("\n");
}

/** A workflow command as the runner of GitHub reads it. */
function read(command: string): { level: string; properties: Record<string, string>; message: string } {
  const [, level = "", properties = "", message = ""] = /^::(error|warning|notice) ([^:]*)::(.*)$/.exec(command) ?? [];
  const pairs = properties.split(",").map((pair) => pair.split("=") as [string, string]);
  const decoded = (text: string): string => text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
  return {
    level,
    properties: Object.fromEntries(
      pairs.map(([name, value]) => [name, decoded(value.replaceAll("%3A", ":").replaceAll("%2C", ","))]),
    ),
    message: decoded(message),
  };
}

test("each thing is a command on a line of its own, at its clause in the contract", () => {
  const commands = render(aBrokenReport()).map(read);
  const clause = contractLines.indexOf("    Chat:") + 1;
  expect(commands.map(({ level, properties }) => [level, properties["title"]])).toEqual([
    ["error", "law 7: find agrees with get"],
    ["error", "left behind"],
    ["warning", "the shape of getChat 200"],
    ["warning", "law 13: total_count is true"],
    ["notice", "known: the shape of getChat 200"],
    ["notice", "A-group"],
    ["notice", "linq-mock contract"],
  ]);
  expect(commands[2]?.properties).toEqual({
    file: "contracts/linq-v2.openapi.yaml",
    line: String(clause),
    title: "the shape of getChat 200",
  });
  expect(commands[0]?.message).toMatch(/^find and get show the same chat differently\nserver: the chat that was found/);
  expect(commands[6]?.message).toBe(
    "The contract is broken: 1 failure on 1 of 3 operations, 1 thing could not be removed; the server is up (no 5xx in 3 answers). Find and get show the same chat differently (Find Chat, law 7). 42 requests.",
  );
});

test("what breaks the contract of V3 is on its line of that", () => {
  const clause = "#/components/schemas/ErrorResponse";
  const outcome = aShape({ id: "shape-v3-getChat-404-/trace_id:pattern", verdict: "fail", clause });
  const [first] = render(aReport({ outcomes: [outcome] })).map(read);
  expect(first?.properties["file"]).toBe("contracts/linq-v3.openapi.yaml");
  expect(linesOfV3[Number(first?.properties["line"]) - 1]).toBe("    ErrorResponse:");
});

test("what would end a command, or a property, is escaped", () => {
  const title = "100%, or: more";
  const [command = ""] = render(aReport({ outcomes: [anOutcome({ verdict: "fail", title, reason: "50%\r\nof it" })] }));
  expect(command).toContain(",title=law 7%3A 100%25%2C or%3A more::50%25");
  expect(read(command).properties["title"]).toBe(`law 7: ${title}`);
});

test("after ten errors it says how many more there are", () => {
  const outcomes = Array.from({ length: 13 }, (_, i) => anOutcome({ law: i, verdict: "fail" }));
  const commands = render(aReport({ outcomes })).map(read);
  expect(commands.filter(({ level }) => level === "error")).toHaveLength(11);
  expect(commands[10]?.message).toBe("3 more of this kind; another report shows them all");
  expect(render(aReport({ outcomes: outcomes.slice(0, 10) }))).toHaveLength(11);
});

test("what the contract does not know is an error when it is strict", () => {
  const levels = (strict: boolean): string[] => render(aBrokenReport(), strict).map((command) => read(command).level);
  expect(levels(false).filter((level) => level === "error")).toHaveLength(2);
  expect(levels(true).filter((level) => level === "error")).toHaveLength(3);
});

test("what is only assumed is a notice, and a warning where it does harm", () => {
  const levelOf = (reason: string) => {
    const outcome = anOutcome({ verdict: "contradicted", assumptions: ["A-find-match"], reason, evidence });
    return render(aReport({ outcomes: [outcome] })).map(read)[0]?.level;
  };
  const evidence = { what: "who", pointer: "", expected: [], received: ["Ann"] };
  expect(levelOf("Find Chat finds nobody")).toBe("notice");
  expect(levelOf("Find Chat gives a chat with people who were not asked for")).toBe("warning");
});

test("when everything holds there is one notice", () => {
  expect(render(aReport())).toEqual([
    "::notice file=contracts/linq-v2.openapi.yaml,line=1,title=linq-mock contract::Everything that was asked holds. 42 requests.",
  ]);
});

/** Every clause that is written in lines of its own, and the line where a parser finds it. */
function clausesOf(text: string): [pointer: string, line: number][] {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const found: [string, number][] = [];
  const visit = (node: unknown, pointer: string): void => {
    if ((!isMap(node) && !isSeq(node)) || node.flow) return;
    for (const [i, item] of node.items.entries()) {
      const at = isPair(item) ? (item.key as Node) : (item as Node);
      const key = isPair(item) && isScalar(item.key) ? String(item.key.value) : String(i);
      const child = `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      found.push([child, counter.linePos(at.range?.[0] ?? 0).line]);
      visit(isPair(item) ? item.value : item, child);
    }
  };
  visit(document.contents, "#");
  return found;
}

test("every clause of the contract is found on the line where a parser finds it", () => {
  const clauses = clausesOf(contractText).filter(([pointer]) => !/\/examples?(\/|$)/.test(pointer));
  expect(clauses.length).toBeGreaterThan(1_000);
  const wrong = clauses.filter(([pointer, line]) => clauseLine(contractLines, pointer) !== line);
  expect(wrong.slice(0, 5)).toEqual([]);
});

test("what has no line of its own is on the line of what it is in", () => {
  const text = ["a:", "  b: { c: 1 }", "  d: 2"];
  expect(clauseLine(text, "#/a/b/c")).toBe(2);
  expect(clauseLine(text, "#/a/x")).toBe(1);
  expect(clauseLine(text, "#/nowhere")).toBe(1);
  expect(clauseLine(text, "#")).toBe(1);
  expect(clauseLine([], "#/a/d")).toBe(1);
});
