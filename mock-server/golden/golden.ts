import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";

export const CLOCK = "2025-12-05T14:42:06.123-06:00";
export const WORLD = join(__dirname, "world.yaml");

/**
 * Requires that what is collected is what a data file holds, one test per entry. With UPDATE_GOLDEN=1, the file is written instead.
 * Entries are compared as printed, so that the order of keys counts, too.
 */
export function pin(file: string, collect: () => Promise<Readonly<Record<string, unknown>>>): void {
  const path = join(__dirname, "generated", file);
  const isUpdate = process.env["UPDATE_GOLDEN"] === "1";
  const known: Record<string, unknown> = existsSync(path) && !isUpdate ? JSON.parse(readFileSync(path, "utf8")) : {};
  let actual: Readonly<Record<string, unknown>> = {};

  describe(file, () => {
    beforeAll(async () => {
      actual = await collect();
      if (!isUpdate) return;
      const sorted = Object.fromEntries(Object.entries(actual).sort(([a], [b]) => (a < b ? -1 : 1)));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${printed(sorted)}\n`);
    }, 120_000); // commands take long on a busy machine
    for (const name of Object.keys(known)) test(name, () => expect(printed(actual[name])).toBe(printed(known[name])));
    test("has an entry for everything that is collected", () => {
      if (!isUpdate) expect(Object.keys(actual).sort()).toEqual(Object.keys(known).sort());
    });
  });
}

function printed(value: unknown): string {
  return JSON.stringify(value, null, 2) ?? "nothing";
}

/** Text as it is stored: JSON that is written as `JSON.stringify` does is read, because that says the same and shows where it differs. */
export function readable(text: string): { json: unknown } | { text: string } {
  try {
    const json: unknown = JSON.parse(text);
    if (JSON.stringify(json) === text) return { json };
  } catch {}
  return { text };
}

/** Headers by their names as they were written, without those of the connection, and without the page, which follows from the id of the request. */
function headersOf(raw: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let i = 0; i < raw.length; i += 2) {
    const [name = "", value = ""] = raw.slice(i, i + 2);
    if (/^(date|connection|keep-alive|x-linq-mock-page)$/i.test(name)) continue;
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}

export interface Sent {
  /** JSON, unless it is text. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Received {
  readonly status?: number | undefined;
  readonly headers?: Record<string, string>;
  readonly body: string;
  /** The code of the error that the connection ended in. */
  readonly error?: string | undefined;
}

const agent = new Agent({ keepAlive: false });

/** Asks a server on this machine, always as `localhost:4010`, so that its port is in no answer. */
export function ask(url: string, method: string, path: string, { body, headers = {} }: Sent = {}): Promise<Received> {
  const payload = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
  const { hostname, port } = new URL(url);
  const sent = {
    Host: "localhost:4010",
    ...(payload !== undefined && { "Content-Length": Buffer.byteLength(payload) }),
    ...headers,
  };
  return new Promise((resolve) => {
    const req = request({ hostname, port, method, path, agent, headers: sent }, (res) => {
      let text = "";
      const answer = { status: res.statusCode, headers: headersOf(res.rawHeaders) };
      res.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      res.on("error", ({ code }: NodeJS.ErrnoException) => resolve({ ...answer, body: text, error: code }));
      res.on("end", () => resolve({ ...answer, body: text }));
    });
    req.on("error", ({ code }: NodeJS.ErrnoException) => resolve({ body: "", error: code }));
    req.end(payload);
  });
}

/** What a receiver of webhooks was sent, as it came. */
export interface Hook {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A receiver of webhooks, which answers with the status that stands at the end of the path, or with 200. */
export async function startReceiver() {
  const hooks: Hook[] = [];
  const server = createServer(async (req, res) => {
    let body = "";
    for await (const chunk of req.setEncoding("utf8")) body += chunk;
    const { Host: _, ...headers } = headersOf(req.rawHeaders);
    hooks.push({ path: req.url ?? "", headers, body });
    res.writeHead(Number(/\d{3}$/.exec(req.url ?? "")?.[0] ?? 200)).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { hooks, url: `http://127.0.0.1:${port}`, stop };
}
