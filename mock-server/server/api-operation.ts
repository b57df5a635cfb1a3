import type { IncomingHttpHeaders } from "node:http";
import type { Upload } from "../world/attachments";
import type { WorldSettings } from "../world/settings";
import type { World } from "../world/world";
import type { Failure } from "./failure";

/** One operation: what is read of a request, and what is answered to it. */
export interface ApiOperation {
  readonly id: string;
  readonly method: string;
  /** Below the prefix, its ids as `{name}`. */
  readonly path: string;
  readonly title: string;
  readonly takes: "nothing" | "json" | "json-or-form";
  /** The fields of a form that files go into, of which the first is the usual one. */
  readonly fileFields: readonly string[];
  /** How large a body of JSON may be; `large` holds 100 parts of 10,000 characters. */
  readonly bodySize: "usual" | "large";
  /** What refuses a body that cannot be read. */
  readonly bodyRefusal: 400 | 422;
  /** What is wrong with the path, where that comes before what is wrong with the body. */
  refusalOfPath?(params: RawRequest["params"]): Failure | undefined;
  /** Gives a request the shape that the contract demands, or says where it has another. */
  read(request: RawRequest, settings: ReadSettings): ReadRequest | Failure;
  answer(world: World, request: ReadRequest & Caller): Reply | Failure;
  /** What was answered when the same came before, by its key: whatever else is wrong with it now. */
  repeat?(world: World, request: RawRequest): Reply | Failure | undefined;
}

/** What an operation is told beside the request. */
export interface Caller {
  readonly files: readonly Upload[];
  readonly token: string;
  readonly headers: IncomingHttpHeaders;
  readonly traceSource: string;
}

/** What decides how a request is read. */
export type ReadSettings = Pick<WorldSettings, "pagination">;

/** A request as it came. */
export interface RawRequest {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly headers: IncomingHttpHeaders;
}

/** A request in the shape that the contract demands. */
export interface ReadRequest {
  /** Its ids, where they are numbers. */
  readonly path: Readonly<Record<string, number>>;
  /** What else its path names. */
  readonly names?: Readonly<Record<string, string>> | undefined;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

export interface Reply {
  readonly status: number;
  readonly body: object | undefined;
  /** What only the operation knows, for assumptions and hints. */
  readonly details?: object;
}
