import type { IncomingHttpHeaders } from "node:http";
import type { Request, Response } from "express";
import { isUrl } from "../../contracts/urls";
import type { AnswerEffect } from "../faults/answer-faults";
import type { StoredFile } from "../world/attachments";
import type { Cause } from "../world/event-cause";
import type { Sandbox } from "../world/sandbox";
import { DEFAULT_SANDBOX, type Sandboxes } from "../world/sandboxes";
import { type ApiVersion, type ApiVersions, type NotedAnswer, versionAt } from "./api-version";
import type { Logger } from "./logger";
import { isLoopback, urlHost } from "./loopback";
import { sandboxPath } from "./paths";

/** What the edge knows of one request and its answer beside the two themselves. */
export interface Exchange {
  readonly requestId: string;
  /** What the trace id of V3 follows from: without `--seed`, another in each run. */
  readonly traceSource: string;
  readonly startedAt: number;
  readonly log: Logger;
  /** The sandboxes of the mock; a proxy has none. */
  readonly sandboxes: Pick<Sandboxes, "get" | "memory" | "traceKey" | "values"> | undefined;
  /** What there is to say to a human, whatever the answer will be. */
  readonly hints: string[];
  /** Where the app is mounted in a larger one; empty when it is not. */
  readonly mountPath: string;
  /** The sandbox named in the base URL, if any. */
  sandboxName: string | undefined;
  /** The sandbox that the request acts on, once it is known. */
  sandbox: Sandbox | undefined;
  readonly versions: ApiVersions;
  /** That of the path, else the first that is served. */
  version: ApiVersion;
  /** The id of the version's operation. */
  operation: string | undefined;
  /** What the operation was asked, once it was. */
  asked: NotedAnswer["asked"];
  /** What has happened because of it, once the operation was asked. */
  cause: Cause | undefined;
  /** What goes wrong with the answer, by a fault that is armed. */
  faultEffect?: AnswerEffect;
  /** How many bytes the body has that was read, once it is decompressed; without files. */
  bodyBytes?: number;
  /** The files that came in a form. */
  files?: readonly StoredFile[];
  /** Whether the request is one to the vendor's API; the journal has no others. */
  isOfApi: boolean;
}

const ACCEPTABLE_REQUEST_ID = /^[\w.:-]{1,128}$/;

/** Makes the opener of each request's exchange. The caller's own `X-Request-Id` is kept. */
export function exchangeOpener(versions: ApiVersions, log: Logger, sandboxes: Exchange["sandboxes"]) {
  const traceKey = sandboxes?.traceKey ?? "";
  let count = 0;
  return (req: Request, res: Response): Exchange => {
    const given = req.headers["x-request-id"];
    count += 1;
    const requestId = typeof given === "string" && ACCEPTABLE_REQUEST_ID.test(given) ? given : `req-${count}`;
    const exchange: Exchange = {
      requestId,
      traceSource: `${traceKey} ${requestId}`,
      startedAt: performance.now(),
      log,
      sandboxes,
      versions,
      version: versions[0],
      mountPath: req.baseUrl,
      hints: [],
      sandboxName: undefined,
      sandbox: undefined,
      operation: undefined,
      isOfApi: false,
      asked: undefined,
      cause: undefined,
    };
    res.locals["exchange"] = exchange;
    return exchange;
  };
}

export function exchangeOf(res: Response): Exchange {
  return res.locals["exchange"] as Exchange;
}

/** Whether a caller wants no sandbox that is not there to be opened. */
export function wantsExisting(headers: IncomingHttpHeaders): boolean {
  return headers["x-linq-mock-sandbox"] === "existing";
}

/** A URL with `/s/<name>` at the front of its path. Proxies put the origin before it. */
const SANDBOX_URL = /^(\w+:\/\/[^/?]*)?\/s\/([^/?]+)(?=[/?]|$)/;

/** Takes `/s/<name>` off the path and remembers the name; the rest is served as without it, by the version that it is below. */
export function readAddress(req: Request, exchange: Exchange): void {
  const match = req.url.includes("/s/") ? SANDBOX_URL.exec(req.url) : null;
  if (match) {
    const [prefix, origin = "", name] = match;
    exchange.sandboxName = name;
    req.url = `${origin}${req.url.slice(prefix.length) || "/"}`;
  }
  const version = versionAt(exchange.versions, req.path);
  if (!version) return;
  exchange.version = version;
  exchange.isOfApi = true;
}

/** The sandbox in whose journal a request to the API stands. */
export function sandboxMeant({ isOfApi, sandbox, sandboxes, sandboxName = DEFAULT_SANDBOX }: Exchange): Sandbox | undefined {
  return isOfApi ? (sandbox ?? sandboxes?.get(sandboxName)) : undefined;
}

/** The URL of the server, by the name under which the caller reached it. */
export function serverUrl(res: Response): string {
  const { protocol, headers } = res.req;
  return `${protocol}://${headers.host ?? "localhost"}${exchangeOf(res).mountPath}`;
}

/** The base URL of a sandbox, as its caller reaches it. */
export function sandboxUrl(res: Response, { name }: Sandbox): string {
  return `${serverUrl(res)}${sandboxPath(name)}`;
}

/** The base URL of a sandbox as the mock itself reaches it: its caller's name for it, where that is this very port, else the address that was asked. */
export function selfUrl(res: Response, { name }: Sandbox): string {
  const { protocol, headers, socket } = res.req;
  const { localAddress = "127.0.0.1", localPort = 80 } = socket;
  const { host = "" } = headers;
  const named = isUrl(`${protocol}://${host}`) ? new URL(`${protocol}://${host}`) : undefined;
  const isThisPort = named !== undefined && isLoopback(named.hostname) && Number(named.port || DEFAULT_PORT) === localPort;
  const own = isThisPort ? named.host : `${urlHost(localAddress.replace(/^::ffff:/, ""))}:${localPort}`;
  return `${protocol}://${own}${exchangeOf(res).mountPath}${sandboxPath(name)}`;
}

const DEFAULT_PORT = 80;
