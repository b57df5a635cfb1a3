import type { Express } from "express";
import supertest from "supertest";
import { requireContract } from "../../contracts/testing/require-contract";
import { createLocalMock } from "../server/create-app";
import type { MockOptions } from "../server/options";
import type { TestSandbox } from "../test-sandbox";
import { requireControlContract } from "./control-contract";

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
  readonly app: Express;
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

const PREFIX = "/api/partner/v2";
const TOKEN = { "X-LINQ-INTEGRATION-TOKEN": "test" };

/**
 * A client of a mock of its own. It fails the test on every answer that breaks the contract, the vendor's or that of `/__mock`.
 * Paths are below `/api/partner/v2`, or absolute with two slashes in front.
 */
export function apiClient(options: MockOptions = {}): ApiClient {
  const { app, sandboxes } = createLocalMock(options);
  const send: ApiClient["send"] = async (method, path, { body, headers = {} } = {}) => {
    const url = path.startsWith("//") ? path.slice(1) : `${PREFIX}${path}`;
    const request = supertest(app)
      [method.toLowerCase() as "get"](url)
      .set({ ...TOKEN, ...headers });
    const response = await (body === undefined ? request : request.serialize((text) => text as string).send(body as string));
    const parsed =
      method === "HEAD" || response.text === undefined || response.text === "" ? undefined : JSON.parse(response.text);
    check(method, path, response.status, parsed);
    return {
      status: response.status,
      body: parsed,
      hint: response.headers["x-linq-mock-hint"],
      assumptions: response.headers["x-linq-mock-assumption"]?.split(", ") ?? [],
      headers: response.headers,
    };
  };
  const sendJson =
    (method: string): ApiClient["post"] =>
    (path, body, headers = {}) =>
      send(method, path, { body: JSON.stringify(body) ?? "", headers: { "Content-Type": "application/json", ...headers } });
  return {
    app,
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
      const { status, headers, body } = await supertest(app).get(new URL(url).pathname).responseType("blob"); // superagent's word for bytes
      return { status, type: headers["content-type"], bytes: body };
    },
    advance: (ms) => sandboxes.open("default").world.clock.advance(ms),
  };
}

function check(method: string, path: string, status: number, body: unknown): void {
  if (status >= 500) throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(body)}`);
  if (path.startsWith("//")) requireControlContract(method, path.slice(1), status, body);
  else if (method !== "HEAD") requireContract(method, path, status, body);
}

/** Calls the vendor's API in a sandbox of a running mock. Fails the test on a refusal, and on an answer that breaks the contract. */
export function sandboxClient(box: TestSandbox) {
  // biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects
  return async (method: string, path: string, body?: object): Promise<any> => {
    const response = await fetch(`${box.url}/api/partner/v2${path}`, {
      method,
      headers: { "X-LINQ-INTEGRATION-TOKEN": "test", ...(body && { "Content-Type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = text === "" ? undefined : JSON.parse(text);
    requireContract(method, path, response.status, answer);
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return answer;
  };
}
