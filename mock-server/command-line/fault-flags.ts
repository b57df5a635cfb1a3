import { InvalidArgumentError } from "commander";
import { numericFaultFields } from "../../fixtures/generated/fixture-fields";
import { faultKinds, faultProfiles } from "../../fixtures/resolve/fault-kinds";

/** What stands between blanks, with the blanks in quotes. */
const WORD = /(?:"[^"]*"|'[^']*'|[^\s"'])+/g;
/** What stands between semicolons, with the semicolons in quotes. */
const RULE = /(?:"[^"]*"|'[^']*'|[^;"'])+/g;

/** Adds the rules of a flag to those before it: `latency ms=3000 operation=sendMessage`, several with ; between them; or JSON, one or a list. */
export function collectFaults(written: string, previous: readonly object[]): readonly object[] {
  if (written.trim() === "") throw new InvalidArgumentError("It is not blank.");
  if (/^\s*[{[]/.test(written)) return [...previous, ...[parseJson(written)].flat()];
  const rules = (written.match(RULE) ?? []).filter((rule) => rule.trim() !== "");
  return [...previous, ...rules.map(parseWords)];
}

function parseJson(written: string): object | object[] {
  try {
    return JSON.parse(written) as object;
  } catch {
    throw new InvalidArgumentError(`It is not valid JSON: ${written}`);
  }
}

function parseWords(written: string): object {
  const [fault = "", ...options] = (written.match(WORD) ?? []).map((word) => word.replaceAll(/["']/g, ""));
  if (Object.hasOwn(faultProfiles, fault) && !Object.hasOwn(faultKinds, fault)) {
    throw new InvalidArgumentError(`${fault} is a profile: --profile ${fault}.`);
  }
  const parsed = options.map(parseOption);
  const names = ["fault", ...parsed.map(([name]) => name)];
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new InvalidArgumentError(`${fault} has ${twice} twice.`);
  return { fault, ...Object.fromEntries(parsed) };
}

function parseOption(written: string): [string, unknown] {
  const [, name, value] = /^(\w+)=(.+)$/.exec(written) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError(`${written} is not name=value, as in 'latency ms=3000 operation=sendMessage'.`);
  }
  if (name === "operation") return [name, value.split(",")];
  if (name === "sequence") return [name, value.split(",").map(numberIfOne)];
  if (name === "performed" && /^(true|false)$/.test(value)) return [name, value === "true"];
  return [name, numericFaultFields.includes(name) ? numberIfOne(value) : value];
}

function numberIfOne(value: string): number | string {
  return Number.isNaN(Number(value)) ? value : Number(value);
}

/** The name of a profile. Whether there is such a one is seen when it is armed, if it is not that of a fault. */
export function parseProfile(name: string): string {
  if (Object.hasOwn(faultKinds, name) && !Object.hasOwn(faultProfiles, name)) {
    throw new InvalidArgumentError(`${name} is a fault: --fault '${name} ...'.`);
  }
  if (name.trim() === "") throw new InvalidArgumentError("It is not blank.");
  return name;
}
