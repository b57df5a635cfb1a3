import type { ValidateFunction } from "ajv";
import { API_PREFIX, API_PREFIX_V3, TOKEN_FORM, TOKEN_FORM_V3, type TokenForm } from "./client/url-and-token";
import { ADDRESSING, ADDRESSING_V3, type VersionAddressing } from "./client/version-addressing";
import { assumptions as assumptionsOfV2 } from "./generated/v2/assumptions";
import * as basisOfV2 from "./generated/v2/basis";
import { WEBHOOK_EVENTS as eventsOfV2 } from "./generated/v2/enumerations";
import { confirmedAssumptions } from "./generated/v2/observed";
import {
  type AssumptionId as AssumptionIdOfV2,
  type OperationId as OperationIdOfV2,
  operations as operationsOfV2,
} from "./generated/v2/operations";
import requestsOfV2 from "./generated/v2/request-diagnosis";
import answersOfV2 from "./generated/v2/response-diagnosis";
import { assumptions as assumptionsOfV3 } from "./generated/v3/assumptions";
import * as basisOfV3 from "./generated/v3/basis";
import { WEBHOOK_EVENTS as eventsOfV3 } from "./generated/v3/enumerations";
import {
  type AssumptionId as AssumptionIdOfV3,
  type OperationId as OperationIdOfV3,
  operations as operationsOfV3,
} from "./generated/v3/operations";
import requestsOfV3 from "./generated/v3/request-diagnosis";
import answersOfV3 from "./generated/v3/response-diagnosis";
import { matchOperation, operationFinder, pathBelow } from "./operations";

/** An operation of either version. Some have one name in both. */
export type AnyOperationId = OperationIdOfV2 | OperationIdOfV3;
export type AnyAssumptionId = AssumptionIdOfV2 | AssumptionIdOfV3;

/** What a demand of a contract rests on, as its document writes it. */
type WrittenBasis = "documented" | "observed" | readonly AnyAssumptionId[];
type QueryType = "string" | "strings" | "integer";
type Validators = Readonly<Record<string, ValidateFunction | undefined>>;

/** A version of the API, and all that its contract says. */
export interface ContractVersion {
  readonly name: "v2" | "v3";
  /** What every path of it starts with. */
  readonly prefix: string;
  readonly token: TokenForm & { /** Where the contract says so. */ readonly clause: string };
  /** How its calls tell of an account. */
  readonly account: VersionAddressing;
  readonly operations: Readonly<Record<string, DescribedOperation>>;
  /** The operation that a method and a path below the prefix name. */
  readonly operationAt: (method: string, path: string) => AnyOperationId | undefined;
  /** Each finds all that is wrong with a query or a body: `findChat query`, `createChat body`. */
  readonly requests: Validators;
  /** Each finds all that is wrong with an answer or an event: `findChat 200`, `message.sent`. */
  readonly answers: Validators;
  readonly events: readonly string[];
  /** What errors look like, by the names of their schemas. */
  readonly envelopes: Readonly<Record<string, string>>;
  /** Of each of them, an answer that is one. */
  readonly errors: Readonly<Record<string, string>>;
  /** What any operation may answer with, though it does not declare it. */
  readonly generalStatuses: readonly number[];
  readonly keywordBasis: Readonly<Record<string, WrittenBasis>>;
  readonly statusBasis: Readonly<Record<string, Readonly<Record<number, WrittenBasis>>>>;
  /** What was assumed, and then seen on the vendor's server. */
  readonly confirmed: readonly AnyAssumptionId[];
}

interface DescribedOperation {
  readonly method: string;
  readonly path: string;
  readonly title: string;
  readonly envelope: string;
  readonly query: Readonly<Record<string, QueryType>>;
  readonly form: boolean;
  readonly statuses: readonly number[];
  /** Statuses of refusals that have a form of their own. */
  readonly bare: readonly number[];
}

export const contractV2: ContractVersion = {
  name: "v2",
  prefix: API_PREFIX,
  token: { ...TOKEN_FORM, clause: "#/components/securitySchemes/apiKey" },
  account: ADDRESSING,
  operations: operationsOfV2,
  operationAt: matchOperation,
  requests: requestsOfV2,
  answers: answersOfV2,
  events: eventsOfV2,
  envelopes: {
    Error: "an Error, { errors: [{ status, code, title, detail }] }, not a StandardError",
    StandardError: 'a StandardError, { status: "error", error_code, message, errors: [text] }, not an Error',
  },
  errors: { Error: "getChat 404", StandardError: "getContact 404" },
  generalStatuses: [429], // a general limit is documented, though no operation but one declares it
  ...basisOfV2,
  confirmed: confirmedAssumptions,
};

export const contractV3: ContractVersion = {
  name: "v3",
  prefix: API_PREFIX_V3,
  token: { ...TOKEN_FORM_V3, clause: "#/components/securitySchemes/bearer" },
  account: ADDRESSING_V3,
  operations: operationsOfV3,
  operationAt: operationFinder(operationsOfV3),
  requests: requestsOfV3,
  answers: answersOfV3,
  events: eventsOfV3,
  envelopes: {
    ErrorResponse: "an ErrorResponse, { success: false, error: { status, code, message }, trace_id }, not an error of V2",
  },
  errors: { ErrorResponse: "getChat 404" },
  generalStatuses: [],
  ...basisOfV3,
  confirmed: [],
};

/** What each assumption of either version says. */
export const assumptionTexts: Readonly<Record<AnyAssumptionId, string>> = { ...assumptionsOfV2, ...assumptionsOfV3 };

/** What people call an operation: where both versions have one of that name, in V2's words. */
export function operationTitle(operation: AnyOperationId): string {
  return (contractV2.operations[operation] ?? operationOf(contractV3, operation)).title;
}

export const contracts: readonly ContractVersion[] = [contractV2, contractV3];

/** Where a URL is in the API: its version, and the path and query below the prefix, whatever stands in front of it, be it a host or a sandbox. */
export function addressOf(url: string): { readonly contract: ContractVersion; readonly path: string } | undefined {
  for (const contract of contracts) {
    const path = pathBelow(contract.prefix, url);
    if (path !== undefined) return { contract, path };
  }
  return undefined;
}

/** A path below a version's prefix as exchanges have it: of V2 alone, of others behind the prefix. */
export function writtenPath({ name, prefix }: ContractVersion, path: string): string {
  return name === "v2" ? path : `${prefix}${path}`;
}

/** The version that an event is of, by what it says itself; of one that says nothing that is known, V2. */
export function contractOfEvent(body: unknown): ContractVersion {
  const { api_version: said } = (typeof body === "object" && body !== null ? body : {}) as { readonly api_version?: unknown };
  return contracts.find(({ name }) => name === said) ?? contractV2;
}

/** @throws RangeError when a version has no operation of that name */
export function operationOf(contract: ContractVersion, operation: string): DescribedOperation {
  const found = Object.hasOwn(contract.operations, operation) ? contract.operations[operation] : undefined;
  if (found) return found;
  const [other] = contracts.filter(({ operations }) => Object.hasOwn(operations, operation));
  const hint = other ? `; that is one of ${other.name}, whose paths start with ${other.prefix}` : "";
  throw new RangeError(`${contract.name} has no operation ${operation}${hint}`);
}
