import { API_PREFIX } from "../../contracts/client/address";
import { isAmbiguous } from "../../contracts/client/guard";
import type { OperationId } from "../../contracts/generated/v2/operations";
import { matchOperation } from "../../contracts/match-operation";
import type { Failure } from "../server/failure";
import type { Call } from "./call";

/** What a call asks for. */
export interface Asked {
  readonly method: string;
  /** The API's prefix, the path and the query, as they were sent. */
  readonly url: string;
  /** Below the API's prefix, without the query. */
  readonly path: string;
  readonly query: string;
  /** Undefined when the contract has none there. */
  readonly operation: OperationId | undefined;
  readonly isReading: boolean;
}

/** Proxies are asked with the whole address. */
const ORIGIN = /^\w+:\/\/[^/?]*/;

/** Reads the address of a call; refuses what is not below the API's prefix, or might not be for another reader. */
export function readAsked({ method, url: sent }: Pick<Call, "method" | "url">): Asked | Failure {
  const url = sent.replace(ORIGIN, "");
  const [, whole = "", query = ""] = /^([^?]*)(.*)$/s.exec(url) ?? [];
  if (!whole.startsWith(`${API_PREFIX}/`)) return notTheApi;
  const path = whole.slice(API_PREFIX.length);
  if (isAmbiguous(path)) return ambiguous;
  const isReading = method === "GET" || method === "HEAD";
  return { method, url, path, query, operation: matchOperation(method, path), isReading };
}

const notTheApi: Failure = {
  status: 404,
  detail: "The proxy passes on nothing but the API",
  hint: `Paths start with ${API_PREFIX}/.`,
};

const ambiguous: Failure = {
  status: 403,
  detail: "The path was not passed on: it can be read in more than one way",
  hint: "Write it without . and .. between slashes, without encoded dots and slashes, and without backslashes.",
};
