import { element, textElement } from "./xml";

/** A suite of a JUnit report. */
export interface Suite {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly cases: readonly Case[];
}

/** A test of a JUnit report; it passes unless something else is said. */
export interface Case {
  readonly name: string;
  readonly classname: string;
  /** In seconds. */
  readonly time: string;
  readonly failure?: { readonly message: string; readonly type: string; readonly details: string };
  readonly skipped?: { readonly message: string };
  readonly output?: string;
}

export interface Totals {
  readonly tests: number;
  readonly failures: number;
  readonly skipped: number;
}

export function totalsOf(cases: readonly Case[]): Totals {
  return {
    tests: cases.length,
    failures: cases.filter(({ failure }) => failure).length,
    skipped: cases.filter(({ skipped }) => skipped).length,
  };
}

/** `startedAt` is ISO 8601 in UTC; readers of JUnit take it without milliseconds and zone. */
export function suiteXml({ name, properties, cases }: Suite, startedAt: string): string {
  const time = cases.reduce((sum, { time: seconds }) => sum + Number(seconds), 0).toFixed(3);
  const timestamp = startedAt.replace(/(?:\.\d+)?Z$/, "");
  const attributes = { name, ...totalsOf(cases), errors: 0, time, timestamp };
  const shown = Object.entries(properties).map(([key, value]) => element("property", { name: key, value }));
  return element("testsuite", attributes, [element("properties", {}, shown), ...cases.map(caseXml)]);
}

function caseXml({ name, classname, time, failure, skipped, output }: Case): string {
  const children = [
    skipped && element("skipped", { message: skipped.message }),
    failure && textElement("failure", { message: failure.message, type: failure.type }, failure.details),
    output === undefined ? undefined : textElement("system-out", {}, output),
  ];
  return element(
    "testcase",
    { name, classname, time },
    children.filter((child) => child !== undefined),
  );
}
