import type { ApiVersions } from "../server/api-version";
import type { StoredFile } from "../world/attachments";
import type { Sandbox } from "../world/sandbox";
import type { Sandboxes } from "../world/sandboxes";
import type { ControlId } from "./generated/calls";
import type { components, operations } from "./generated/types";

/** What a call of the mock's own API acts on. */
export interface ControlContext {
  /** The sandbox in the base URL, else the default one. */
  readonly sandbox: Sandbox;
  readonly sandboxes: Sandboxes;
  /** Of the API. */
  readonly versions: ApiVersions;
  /** The sandbox's own, as its caller reaches it. */
  readonly baseUrl: string;
  /** The sandbox's own, as the mock itself reaches it. */
  readonly selfUrl: string;
  /** By the name under which the caller reached it. */
  readonly serverUrl: string;
  /** Gives the page that asks a cookie in the place of the control token. Returns whether the token is right. */
  readonly signIn: (token: string) => boolean;
  /** A token of the API that examples can have. */
  readonly exampleToken: string;
  /** What was uploaded with the call, if it takes a file. */
  readonly file: StoredFile | undefined;
  /** What a client of the event stream has seen last, as it says when it comes back. */
  readonly lastEventId: string | undefined;
  /** Aborted when nobody waits for the answer any more. */
  readonly gone: AbortSignal;
}

/** One call of the mock's own API: a function of what it acts on, and of a request that has the documented shape. */
export type ControlCall<Id extends ControlId> = (
  context: ControlContext,
  request: ControlRequest<Id>,
) => ControlReply<Id> | ControlPieces | ControlRefusal | Promise<ControlReply<Id> | ControlRefusal>;

/** The parts of a request that the control API's document declares. */
export interface ControlRequest<Id extends ControlId> {
  readonly path: Declared<operations[Id]["parameters"]["path"]>;
  readonly query: Declared<operations[Id]["parameters"]["query"]>;
  readonly body: Body<operations[Id]>;
}

/** What is wrong with a call of `/__mock`. */
export interface ControlError {
  readonly code: string;
  readonly message: string;
  /** Where in the body or the query. */
  readonly pointer?: string | undefined;
  readonly hint?: string | undefined;
  readonly problems?: readonly components["schemas"]["Problem"][];
}

/** A call of `/__mock` that is refused. */
export class ControlRefusal {
  readonly status: number;
  readonly error: ControlError;

  constructor(status: number, error: ControlError) {
    this.status = status;
    this.error = error;
  }
}

/** An answer of 200 whose JSON may be too long for one text. */
export class ControlPieces {
  readonly json: Iterable<string>;

  constructor(json: Iterable<string>) {
    this.json = json;
  }
}

/** An answer that goes on: `open` is given what to call with each server-sent event and at the end, and returns what to call when nobody listens any more. */
export interface ControlStream {
  readonly status: 200;
  readonly open: (write: (event: string) => void, end: () => void) => () => void;
}

export type ControlReply<Id extends ControlId> = Success<operations[Id]["responses"]>;

export function refusal(
  status: number,
  code: string,
  message: string,
  details: Pick<ControlError, "pointer" | "hint"> = {},
): ControlRefusal {
  return new ControlRefusal(status, { code, message, ...details });
}

type Declared<T> = [T] extends [undefined] ? Record<string, never> : NonNullable<T>;

type Body<O> = O extends { requestBody?: { content: { "application/json": infer B } } } ? B : undefined;

type Success<Responses> = {
  [S in keyof Responses & (200 | 201 | 202 | 204)]: Responses[S] extends { content: { "text/event-stream": string } }
    ? ControlStream
    : { readonly status: S; readonly body: Content<Responses[S]>; readonly hints?: readonly string[] };
}[keyof Responses & (200 | 201 | 202 | 204)];

type Content<Response> = Response extends { content: { "application/json": infer B } } ? B : undefined;
