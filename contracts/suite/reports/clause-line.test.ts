import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { clauseLine } from "./clause-line";

const contract = readFileSync(join(__dirname, "../../linq-v2.openapi.yaml"), "utf8");

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
  const clauses = clausesOf(contract).filter(([pointer]) => !/\/examples?(\/|$)/.test(pointer));
  expect(clauses.length).toBeGreaterThan(1_000);
  const lines = contract.split("\n");
  const wrong = clauses.filter(([pointer, line]) => clauseLine(lines, pointer) !== line);
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
