import { type CheckOptions, checkAnswer, isOnlyAssumed } from "../check";
import { printableText } from "../client/errors";
import { type AnyOperationId, addressOf, type ContractVersion, contractV2, contractV3, operationOf } from "../contract-version";
import { nearest } from "../spelling-suggestion";
import type { ContractViolation } from "../violation-text";
import { type ReadAnswer, readAnswer } from "./read-answer";

/**
 * Which operation an answer is one of, when its URL does not tell it; or what else there is to say. The URL tells the version; without one, a name that
 * both versions have is that of V2.
 */
export type ContractExpectation =
  | AnyOperationId
  | ({
      readonly operation?: AnyOperationId;
      /** The method that was used, when a Response of fetch does not tell it. */
      readonly method?: string;
    } & CheckOptions);

/** What a matcher tells the test runner. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

const ASSUMED =
  'A Response of fetch does not tell its method, so GET was assumed; if it was another, say toSatisfyContract({ method: "POST" }).';
const NAME_IT = 'Name the operation, as in toSatisfyContract("findChat")';

/**
 * Whether an answer obeys the contract: its status, its content type, and every field of its body. It takes a response of supertest,
 * superagent or axios, a Response of fetch, whose result must be awaited, or `{ method, url, status, body, headers? }`.
 *
 * @throws TypeError when the value is no answer, its body was already read, its URL is that of no operation, or its method was assumed and its status
 * is another method's
 */
export function toSatisfyContract(received: unknown, expected?: ContractExpectation): MatcherResult | Promise<MatcherResult> {
  const answer = readAnswer(received);
  return answer instanceof Promise ? answer.then((read) => judge(read, expected)) : judge(answer, expected);
}

function judge({ url, response, ...answer }: ReadAnswer, expected: ContractExpectation | undefined): MatcherResult {
  const {
    operation: name,
    method: said,
    strict = false,
  } = typeof expected === "string" ? { operation: expected } : (expected ?? {});
  const address = addressOf(url ?? "");
  const contract = address?.contract ?? versionNaming(name);
  const named = name === undefined ? undefined : namedOperation(name, contract);
  const given = said ?? answer.method;
  const doubt = given === undefined && named === undefined ? ASSUMED : "";
  const method = (given ?? (named ? operationOf(contract, named).method : "GET")).toUpperCase();
  const operation = named ?? operationAt(method, url, doubt);
  if (doubt !== "" && address) requireOwnStatus(operation, response.status, address);
  const described = operationOf(contract, operation);
  const what = `${method} ${contract.prefix}${withoutQuery(address?.path ?? described.path)} answered ${response.status}`;
  const all = checkAnswer(operation, response, method, contract);
  const violations = all.filter((violation) => strict || !isOnlyAssumed(violation));
  if (violations.length === 0) return { pass: true, message: () => `${what}, and obeys the contract.` };
  const about = `the contract of ${described.title} (${operation})`;
  const page = response.headers?.["x-linq-mock-page"] ?? "";
  const message = (): string =>
    [failureMessage(what, about, contract, violations), page, doubt].filter((text) => text !== "").join("\n\n");
  return { pass: false, message };
}

function versionNaming(name: string | undefined): ContractVersion {
  const isOfV3Alone =
    name !== undefined && !Object.hasOwn(contractV2.operations, name) && Object.hasOwn(contractV3.operations, name);
  return isOfV3Alone ? contractV3 : contractV2;
}

function namedOperation(name: string, { operations }: ContractVersion): AnyOperationId {
  if (Object.hasOwn(operations, name)) return name as AnyOperationId;
  const meant = nearest(name, Object.keys(operations));
  throw new TypeError(`toSatisfyContract: there is no operation ${name}${meant === undefined ? "" : `; ${meant} was meant`}.`);
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
type Address = NonNullable<ReturnType<typeof addressOf>>;

/** `doubt` is what else there is to say when there is none. */
function operationAt(method: string, url: string | undefined, doubt: string): AnyOperationId {
  const complaint = (text: string): TypeError => new TypeError(`toSatisfyContract: ${text} ${doubt}`.trimEnd());
  if (url === undefined) throw complaint(`this answer has no URL. ${NAME_IT}, or give { method, url, status, body }.`);
  const address = addressOf(url);
  if (address === undefined) {
    const prefixes = `${contractV2.prefix} or ${contractV3.prefix}`;
    throw complaint(`${withoutQuery(url)} is no address of the API, whose paths are below ${prefixes}. ${NAME_IT}.`);
  }
  const { contract } = address;
  const route = withoutQuery(address.path);
  const operation = contract.operationAt(method, route);
  if (operation) return operation;
  const others = METHODS.filter((other) => contract.operationAt(other, route));
  const hint = others.length > 0 ? `that path has ${others.join(", ")}` : "the contract has no such path";
  throw complaint(`${method} ${contract.prefix}${route} is no operation; ${hint}.`);
}

/** GET was assumed: a status that it does not have, and another method of its path has, would be judged as another operation's. */
function requireOwnStatus(assumed: AnyOperationId, status: number, { contract, path }: Address): void {
  const has = (id: AnyOperationId): boolean => operationOf(contract, id).statuses.includes(status);
  if (has(assumed) || contract.generalStatuses.includes(status)) return;
  const found = METHODS.map((method) => contract.operationAt(method, withoutQuery(path))).filter((id) => id !== undefined);
  const [first, ...others] = found.filter((id, at) => has(id) && found.indexOf(id) === at);
  if (first === undefined) return;
  const names = [first, ...others].map((id) => `toSatisfyContract("${id}")`).join(" or ");
  const method = `{ method: "${operationOf(contract, first).method}" }`;
  throw new TypeError(
    `toSatisfyContract: GET was assumed, and ${assumed} has no ${status}; say ${names}, or give the method, as in ${method}.`,
  );
}

function withoutQuery(path: string): string {
  return path.split("?")[0] ?? "";
}

const MOST = 10;

/** What a test says of an answer that breaks the contract. `what` is what came: `GET /api/partner/v2/chats/46 answered 200`. */
function failureMessage(
  what: string,
  about: string,
  { name }: ContractVersion,
  violations: readonly ContractViolation[],
): string {
  const places = new Map<string, ContractViolation[]>();
  for (const violation of violations) {
    const place = `${violation.pointer.replaceAll(/\/\d+(?=\/|$)/g, "/*")} ${violation.rule}`;
    places.set(place, [...(places.get(place) ?? []), violation]);
  }
  const count = violations.length === 1 ? "1 place" : `${violations.length} places`;
  return [
    `${what}, and breaks ${about} in ${count}:`,
    ...[...places.values()].slice(0, MOST).map(paragraph),
    ...(places.size > MOST ? [`and ${places.size - MOST} more`] : []),
    REMARKS[name],
  ].join("\n\n");
}

const REMARKS = {
  v2:
    "A clause is a JSON pointer into linq-mock/contract.yaml. If the server is right, the contract is out of date;\n" +
    "linq-mock contract --target <url> says where a server and the contract differ.",
  v3: "A clause is a JSON pointer into linq-mock/contract-v3.yaml. If the server is right, the contract is out of date.",
};

const wholes: Readonly<Record<string, string>> = { status: "the status", "content-type": "the content type" };

/** Of those that are alike, the first speaks for all. */
function paragraph(alike: ContractViolation[]): string {
  const [first] = alike as [ContractViolation];
  const { pointer, rule, expected, received, clause } = first;
  const others = alike.length > 1 ? ` (and ${alike.length - 1} more like it)` : "";
  return [
    `  ${pointer || (wholes[rule] ?? "the body")}${others}`,
    `    expected: ${expected}`,
    `    received: ${snippet(received)}`,
    `    clause:   ${clause}`,
    `    to do:    ${remedy(first)}`,
  ].join("\n");
}

const remedies: Readonly<Record<string, string>> = {
  status: "answer with one of these",
  "content-type": "set the header Content-Type to application/json",
  envelope: "write the error in the envelope of this operation",
  added: "leave it out, or give it the name that the contract has for it",
  required: "add it; it is never left out",
  format: "write it exactly like that",
  pattern: "write it exactly like that",
  enum: "use one of these; case counts",
};

/** What mends a violation, in a few words. */
function remedy({ rule, expected, received }: ContractViolation): string {
  const known = remedies[rule];
  if (known !== undefined) return known;
  if (rule === "body") return expected === "no body" ? "send nothing" : "send the body";
  if (received === null) return "send a value; this one is never null";
  if (typeof received === "string" && /^an? (?:integer|number)/.test(expected)) return "send a number, without quotes";
  if (typeof received === "number" && /^a string/.test(expected)) return "send a text, in quotes";
  return "send what is expected";
}

const LONGEST = 120;

/** A value as a line for people, cut where it gets long. */
function snippet(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = printableText(asJson(value));
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return "what is nested too deep to be shown"; // JSON.parse reads any depth, and JSON.stringify does not write it
  }
}
