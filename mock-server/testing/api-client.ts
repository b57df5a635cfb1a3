import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type ContractVersion, contractV2, contractV3 } from "../../contracts/contract-version";
import { requireContract } from "../../contracts/testing/require-contract";
import { importLogger } from "../server/logger";
import { createMock } from "../server/mock";
import type { MockOptions } from "../server/options";
import { withWorldLoader } from "../server/world-loader";
import type { TestSandbox } from "../test-sandbox";
import { API_VERSIONS } from "../versions";
import { ASSUMPTION_HEADER, fetchUnwatched, watched } from "./named-assumptions";

/** An answer, as tests look at it. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects
  readonly body: any;
  readonly hint: string | undefined;
  readonly assumptions: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

export interface ApiClient {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  patch(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  delete(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Sends a form as multipart/form-data. */
  postForm(path: string, form: FormData, headers?: Record<string, string>): Promise<Answer>;
  /** Fetches a file, without a token, from the URL of an attachment. */
  download(url: string): Promise<Download>;
  send(method: string, path: string, options?: { body?: string | Buffer; headers?: Record<string, string> }): Promise<Answer>;
  /** Lets the time of the default sandbox pass. */
  advance(ms: number): Promise<void>;
}

interface Download {
  readonly status: number;
  readonly type: string | undefined;
  readonly bytes: Buffer;
}

/** How a version is called, and what its answers must obey. */
interface CalledVersion {
  readonly contract: ContractVersion;
  readonly token: Readonly<Record<string, string>>;
}

const CALLED: Readonly<Record<"v2" | "v3", CalledVersion>> = {
  v2: { contract: contractV2, token: { "X-LINQ-INTEGRATION-TOKEN": "test" } },
  v3: { contract: contractV3, token: { Authorization: "Bearer test" } },
};

/**
 * A client of a mock of its own. It fails the test on every answer that breaks the contract, the vendor's or that of `/__mock`, and on
 * one that is looked at though it rests on an assumption that the test's file does not name.
 * Paths are below the prefix of the version, or absolute with two slashes in front.
 */
export function apiClient(options: MockOptions = {}, version: keyof typeof CALLED = "v2"): ApiClient {
  const called = CALLED[version];
  const starting = startApp(options);
  const send: ApiClient["send"] = async (method, path, { body, headers = {} } = {}) => {
    const url = path.startsWith("//") ? path.slice(1) : `${called.contract.prefix}${path}`;
    const { port } = await starting;
    const answer = await call(port, method, url, { ...called.token, ...headers }, body);
    const text = answer.bytes.toString();
    const parsed = text === "" ? undefined : JSON.parse(text);
    await check(called, method, path, { status: answer.status, body: parsed });
    const { status, headers: got } = answer;
    const assumptions = got[ASSUMPTION_HEADER]?.split(", ") ?? [];
    const told: Answer = { status, body: parsed, hint: got["x-linq-mock-hint"], assumptions, headers: got };
    return watched(told, ["status", "body"], `${method} ${path}`, got[ASSUMPTION_HEADER]);
  };
  const sendJson =
    (method: string): ApiClient["post"] =>
    (path, body, headers = {}) =>
      send(method, path, { body: JSON.stringify(body) ?? "", headers: { "Content-Type": "application/json", ...headers } });
  return {
    send,
    get: (path, headers = {}) => send("GET", path, { headers }),
    post: sendJson("POST"),
    put: sendJson("PUT"),
    patch: sendJson("PATCH"),
    delete: (path, headers = {}) => send("DELETE", path, { headers }),
    postForm: async (path, form, headers = {}) => {
      const encoded = new Response(form);
      const body = Buffer.from(await encoded.arrayBuffer());
      return send("POST", path, { body, headers: { "Content-Type": encoded.headers.get("content-type") ?? "", ...headers } });
    },
    download: async (url) => {
      const { port } = await starting;
      const { pathname, search } = new URL(url);
      const { status, headers, bytes } = await call(port, "GET", `${pathname}${search}`, {});
      return { status, type: headers["content-type"], bytes };
    },
    advance: async (ms) => void (await (await starting).sandboxes.open("default").world.clock.advance(ms)),
  };
}

const agent = new Agent({ keepAlive: true });
const servers: Server[] = [];

afterAll(() => {
  agent.destroy();
  for (const server of servers) server.close();
});

/** With no more code than its options need: most tests have a world from a document, and load it again for each file. */
async function startApp(options: MockOptions) {
  const log = await importLogger(options);
  const { app, sandboxes } = await withWorldLoader(options, (reader) =>
    createMock(options, { versions: API_VERSIONS, reachable: false, log, reader }),
  );
  const server = createServer({ keepAliveTimeout: 0 }, app).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return { sandboxes, port: (server.address() as AddressInfo).port };
}

async function call(port: number, method: string, path: string, headers: Record<string, string>, body?: string | Buffer) {
  const length = body !== undefined && { "Content-Length": Buffer.byteLength(body) };
  const sent = request({ port, host: "127.0.0.1", method, path, headers: { ...length, ...headers }, agent }).end(body);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  const bytes = Buffer.concat(await response.toArray());
  return { status: response.statusCode ?? 0, headers: response.headers as Record<string, string>, bytes };
}

async function check(
  called: CalledVersion,
  method: string,
  path: string,
  { status, body }: { readonly status: number; readonly body: unknown },
): Promise<void> {
  if (status >= 500) throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(body)}`);
  if (path.startsWith("//")) (await import("./control-contract")).requireControlContract(method, path.slice(1), status, body);
  else if (method !== "HEAD") requireContract(method, path, status, body, called.contract);
}

/** Calls the vendor's API in a sandbox of a running mock. Fails the test on a refusal, and on an answer that breaks the contract. */
export function sandboxClient(box: Pick<TestSandbox, "url">) {
  // biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects
  return async (method: string, path: string, body?: object): Promise<any> => {
    const response = await fetchUnwatched(`${box.url}/api/partner/v2${path}`, {
      method,
      headers: { "X-LINQ-INTEGRATION-TOKEN": "test", ...(body && { "Content-Type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = text === "" ? {} : JSON.parse(text);
    requireContract(method, path, response.status, text === "" ? undefined : answer);
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return watched(answer, Object.keys(answer), `${method} ${path}`, response.headers.get(ASSUMPTION_HEADER));
  };
}
