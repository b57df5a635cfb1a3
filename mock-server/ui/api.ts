import type { components, paths } from "../control/generated/types";

export type Schemas = components["schemas"];

type Method = "get" | "put" | "post" | "delete";
type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P][M] extends { responses: unknown } ? P : never;
}[keyof paths];
type Good = 200 | 201 | 202;
/** The body of a call's answer, by the control API's document. */
export type Answer<P extends keyof paths, M extends Method> = paths[P][M] extends { responses: infer R }
  ? { [S in keyof R & Good]: R[S] extends { content: { "application/json": infer B } } ? B : undefined }[keyof R & Good]
  : undefined;
type Asked<O> = {
  readonly path?: O extends { parameters: { path?: infer T } } ? T : never;
  readonly query?: O extends { parameters: { query?: infer T } } ? T : never;
  readonly body?: O extends { requestBody?: { content: { "application/json": infer T } } } ? T : never;
};

/** `/__mock/` of the sandbox in the page's own address. */
export const CONTROL = new URL("../", location.href.split("#")[0]);
/** The base URL of the sandbox: what an app is pointed at. */
export const BASE = new URL("../", CONTROL).href.replace(/\/$/, "");
export const SANDBOX = /\/s\/([^/]+)\/__mock\/$/.exec(CONTROL.pathname)?.[1] ?? "default";

/** A call that was refused, or that nobody answered (status 0). */
export class CallError extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string | undefined;
  /** Where in the body or the query. */
  readonly pointer: string | undefined;

  constructor(status: number, { code, message, hint, pointer }: Schemas["Error"]["error"]) {
    super(message);
    this.status = status;
    this.code = code;
    this.hint = hint;
    this.pointer = pointer;
  }
}

/** One documented call. Rejects with a CallError. */
export async function call<M extends Method, P extends PathOf<M>>(
  method: M,
  path: P,
  { path: ids, query, body }: Asked<paths[P][M]> = {},
): Promise<Answer<P, M>> {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String((ids as Record<string, unknown>)[name])),
  );
  const url = new URL(filled.slice(1), CONTROL);
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined && value !== "") url.searchParams.set(name, String(value));
  const sent = body === undefined ? {} : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  return (await send(url, { method: method.toUpperCase(), ...sent })) as Answer<P, M>;
}

/** Puts a file where messages can have it. */
export async function upload(file: File): Promise<Schemas["File"]> {
  const url = new URL("files", CONTROL);
  url.searchParams.set("filename", file.name);
  const headers = { "Content-Type": file.type || "application/octet-stream" };
  return ((await send(url, { method: "POST", headers, body: file })) as Answer<"/files", "post">).file;
}

/** Puts a fixture document, written as JSON or YAML, in the place of the world. */
export async function loadDocument(text: string): Promise<void> {
  const type = /^\s*\{/.test(text) ? "json" : "yaml";
  await send(new URL("fixtures", CONTROL), { method: "PUT", headers: { "Content-Type": `application/${type}` }, body: text });
}

/** Sent with every call, so that a page opens no sandbox by looking at it. */
export const IN_EXISTING = { "X-Linq-Mock-Sandbox": "existing" };

/** Opens the sandbox of the page, by a call of the default one. */
export async function openSandbox(): Promise<void> {
  const url = `${BASE.replace(/\/s\/[^/]+$/, "")}/__mock/sandboxes`;
  const headers = { "Content-Type": "application/json" };
  await send(new URL(url), { method: "POST", headers, body: JSON.stringify({ name: SANDBOX }) });
}

async function send(url: URL, init: RequestInit): Promise<unknown> {
  const response = await fetch(url, { ...init, headers: { ...init.headers, ...IN_EXISTING } }).catch(() => {
    throw new CallError(0, { code: "no_answer", message: "The mock does not answer" });
  });
  const text = await response.text();
  const answer: unknown = text === "" ? undefined : JSON.parse(text);
  if (response.ok) return answer;
  throw new CallError(response.status, (answer as Schemas["Error"]).error);
}
