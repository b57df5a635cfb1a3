import type { IncomingHttpHeaders } from "node:http";
import type { HttpAnswer } from "../../contracts/client/http-client";
import { kindOf } from "../../contracts/client/request-kinds";
import { isAmbiguous } from "../../contracts/client/url-and-token";
import { type AnyOperationId, type ContractVersion, contracts } from "../../contracts/contract-version";
import type { Failure } from "../server/failure";

/** A request as it came to the proxy. */
export interface ProxyCall {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The number of the request in the log. */
  readonly requestId: string;
  /** Aborts when whoever asked is no longer there. */
  readonly gone: AbortSignal;
}

/** A request to the API, as a call holds it. */
export interface ApiRequest {
  /** The version that it is of. */
  readonly contract: ContractVersion;
  readonly method: string;
  /** The API's prefix, the path and the query, as they were sent. */
  readonly url: string;
  /** Below the API's prefix, without the query. */
  readonly path: string;
  readonly query: string;
  /** Undefined when the contract has none there. */
  readonly operation: AnyOperationId | undefined;
  readonly isReading: boolean;
}

/** Proxies are asked with the whole address. */
const ORIGIN = /^\w+:\/\/[^/?]*/;

/** Reads the address of a call; refuses what is not below the API's prefix, or might not be for another reader. */
export function readApiRequest({
  method,
  url: sent,
}: ProxyCall): { readonly ok: true; readonly request: ApiRequest } | { readonly ok: false; readonly failure: Failure } {
  const url = sent.replace(ORIGIN, "");
  const [, whole = "", query = ""] = /^([^?]*)(.*)$/s.exec(url) ?? [];
  const contract = contracts.find(({ prefix }) => whole.startsWith(`${prefix}/`));
  if (contract === undefined) return { ok: false, failure: notTheApi };
  const path = whole.slice(contract.prefix.length);
  if (isAmbiguous(path)) return { ok: false, failure: ambiguous };
  const operation = contract.operationAt(method, path);
  return {
    ok: true,
    request: { contract, method, url, path, query, operation, isReading: isReading(method, path, operation) },
  };
}

/** GET reads, but for one operation, however its path is written. */
function isReading(method: string, path: string, operation: AnyOperationId | undefined): boolean {
  const letters = path.replaceAll(/%(?:25)*([4-7][\da-f])/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  if ((method !== "GET" && method !== "HEAD") || /migrate/i.test(letters)) return false;
  return operation === undefined || kindOf[operation] === "read";
}

const notTheApi: Failure = {
  status: 404,
  detail: "The proxy passes on nothing but the API",
  hint: `Paths start with ${contracts.map(({ prefix }) => `${prefix}/`).join(" or ")}.`,
};

const ambiguous: Failure = {
  status: 403,
  detail: "The path was not passed on: it can be read in more than one way",
  hint: "Write it without . and .. between slashes, without encoded dots and slashes, and without backslashes.",
};

/** A call that went through the proxy, and what came of it. */
export interface ProxiedExchange {
  /** In ms since 1970. */
  readonly startedAt: number;
  readonly ms: number;
  readonly request: {
    readonly method: string;
    /** Below the target's origin: the API's prefix, the path and the query, as they were sent. */
    readonly url: string;
    readonly headers: IncomingHttpHeaders;
    readonly body: Buffer;
  };
  /** What came, decoded; or why nothing did. */
  readonly response: ({ readonly ok: true } & HttpAnswer) | { readonly ok: false; readonly error: string };
}
