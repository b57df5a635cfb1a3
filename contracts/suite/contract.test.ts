import { pointerParts } from "../json-pointer";
import { textOfV2 } from "../testing/contract-examples";
import { startTarget } from "../testing/start-mock";
import { laws } from "./checks/index";
import { type CheckOutcome, type ContractReport, exitCodeOf } from "./report";
import { planOf, runContract } from "./run";

/* The contract suite, asked of the mock. The same suite asks any server: `linq-mock contract --target <url>`. */

let report: ContractReport;

beforeAll(async () => {
  const { url, token, line, spareLine, stop } = await startTarget();
  report = await runContract({ target: url, token, isOwnMock: true, line, spareLine });
  await stop();
});

function outcomeOf(id: string): CheckOutcome | undefined {
  return report.outcomes.find((outcome) => outcome.id === id);
}

test.each(laws.map(({ number, title }): [number, string] => [number, title]))("law %i: %s", (number) => {
  const { verdict, reason, evidence } = outcomeOf(`law-${number}`) ?? {};
  expect({ verdict, reason, evidence }).toEqual({ verdict: "pass", reason: undefined, evidence: undefined });
});

test("every answer has the shape that the contract gives it, and every event", () => {
  const broken = report.outcomes.filter(({ check, verdict }) => check === "shape" && verdict !== "pass");
  expect(broken).toEqual([]);
});

test("nothing is left, and nothing is in doubt", () => {
  expect(report.left).toEqual([]);
  expect(exitCodeOf(report, { strict: true })).toBe(0);
});

test("the laws are numbered without a gap, in their order", () => {
  expect(laws.map(({ number }) => number)).toEqual(laws.map((_, i) => i + 1));
});

test("each law names a clause that the contract has", () => {
  const contract: unknown = textOfV2.document;
  for (const { number, clause } of laws) {
    const found = pointerParts(clause).reduce<unknown>(
      (node, step) => (node as Record<string, unknown> | undefined)?.[step],
      contract,
    );
    expect({ number, found: found !== undefined }).toEqual({ number, found: true });
  }
});

test("each law keeps to the number of requests that it announces, and all to the plan", () => {
  const isOver = laws.filter(({ number, requests }) => (outcomeOf(`law-${number}`)?.requests ?? 0) > requests + SAMPLE);
  expect(isOver.map(({ number }) => number)).toEqual([]);
  const planned = planOf(new Set(report.allowed)).reduce((sum, { requests }) => sum + requests, 0);
  expect(report.exchanges.length).toBeLessThanOrEqual(planned);
});

/** What the sample reads is counted with the law that asks for it first. */
const SAMPLE = 4;
