import { gzipSync } from "node:zlib";
import { chromiumEntry, chromiumHar } from "./chromium-har";

/* What programs write of the same calls, each in its own way. Chrome's is chromium-har.ts. */

/** A call with its answer, as a program has seen it. */
export interface SeenCall {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  /** JSON, as it was sent and answered. */
  readonly sent?: string;
  readonly answered: string;
}

const TYPE = "application/json; charset=utf-8";
const TOKEN = { name: "X-LINQ-INTEGRATION-TOKEN", value: "canary-token-7f3a" };

function har(
  creator: { readonly name: string; readonly version: string; readonly comment?: string },
  entries: object[],
  more = {},
) {
  return JSON.stringify({ log: { version: "1.2", creator, ...more, entries } });
}

const bytesOf = (text: string): number => Buffer.byteLength(text);

function postData({ sent }: SeenCall): object {
  return sent === undefined ? {} : { postData: { mimeType: "application/json", params: [], text: sent } };
}

function chrome(calls: readonly SeenCall[]): string {
  return chromiumHar(
    ...calls.map(({ sent, answered, ...call }) =>
      chromiumEntry({ ...call, body: JSON.parse(answered), ...(sent !== undefined && { sent: JSON.parse(sent) }) }),
    ),
  );
}

/** Headers as HTTP/2 has them, the size of the packed body as that of the transfer, and `base64` of what is none. */
function firefox(calls: readonly SeenCall[]): string {
  const entries = calls.map((call) => ({
    startedDateTime: "2026-11-30T12:04:11.220-06:00",
    request: {
      bodySize: bytesOf(call.sent ?? ""),
      method: call.method,
      url: call.url,
      httpVersion: "HTTP/2",
      headers: [{ name: "Host", value: "api.linqapp.com" }, TOKEN],
      cookies: [],
      queryString: [...new URL(call.url).searchParams].map(([name, value]) => ({ name, value })),
      headersSize: 480,
      ...postData(call),
    },
    response: {
      status: call.status,
      statusText: "",
      httpVersion: "HTTP/2",
      headers: [
        { name: "content-type", value: TYPE },
        { name: "content-encoding", value: "br" },
        { name: "X-Firefox-Spdy", value: "h2" },
      ],
      cookies: [],
      content: { mimeType: TYPE, size: bytesOf(call.answered), encoding: "base64", text: call.answered },
      redirectURL: "",
      headersSize: 310,
      bodySize: bytesOf(call.answered) - 20 + 310,
    },
    cache: {},
    timings: { blocked: 0, dns: 0, connect: 0, ssl: 0, send: 0, wait: 61, receive: 0 },
    time: 61,
    _securityState: "secure",
    serverIPAddress: "203.0.113.7",
    connection: "443",
    pageref: "page_1",
  }));
  return har({ name: "Firefox", version: "145.0" }, entries, { browser: { name: "Firefox", version: "145.0" }, pages: [] });
}

/** Every body in base64, and packed as it came. */
function charles(calls: readonly SeenCall[]): string {
  const entries = calls.map((call) => {
    const packed = gzipSync(call.answered);
    return {
      startedDateTime: "2026-11-30T12:04:11.220-06:00",
      time: 61,
      request: {
        method: call.method,
        url: call.url,
        httpVersion: "HTTP/1.1",
        cookies: [],
        headers: [{ name: "Host", value: "api.linqapp.com" }, TOKEN],
        queryString: [],
        ...postData(call),
        headersSize: 300,
        bodySize: bytesOf(call.sent ?? ""),
      },
      response: {
        _charlesStatus: "COMPLETE",
        status: call.status,
        statusText: "OK",
        httpVersion: "HTTP/1.1",
        cookies: [],
        headers: [
          { name: "Content-Type", value: TYPE },
          { name: "Content-Encoding", value: "gzip" },
          { name: "Content-Length", value: String(packed.length) },
        ],
        content: {
          size: packed.length,
          compression: bytesOf(call.answered) - packed.length,
          mimeType: TYPE,
          text: packed.toString("base64"),
          encoding: "base64",
        },
        headersSize: 250,
        bodySize: packed.length,
      },
      serverIPAddress: "203.0.113.7",
      cache: {},
      timings: { connect: 10, ssl: 20, send: 1, wait: 29, receive: 1 },
    };
  });
  return har({ name: "Charles Proxy", version: "5.0" }, entries);
}

/** The size of the packed body beside the text of the unpacked one, whose header still says that it is packed. */
function mitmproxy(calls: readonly SeenCall[]): string {
  const entries = calls.map((call) => {
    const packed = gzipSync(call.answered);
    return {
      startedDateTime: "2026-11-30T18:04:11.220113+00:00",
      time: 61.2,
      request: {
        method: call.method,
        url: call.url,
        httpVersion: "HTTP/2.0",
        cookies: [],
        headers: [TOKEN],
        queryString: [],
        headersSize: 212,
        bodySize: bytesOf(call.sent ?? ""),
        ...postData(call),
      },
      response: {
        status: call.status,
        statusText: "",
        httpVersion: "HTTP/2.0",
        cookies: [],
        headers: [
          { name: "content-type", value: TYPE },
          { name: "content-encoding", value: "gzip" },
        ],
        content: {
          size: packed.length,
          compression: bytesOf(call.answered) - packed.length,
          mimeType: TYPE,
          text: call.answered,
        },
        redirectURL: "",
        headersSize: 198,
        bodySize: packed.length,
      },
      cache: {},
      timings: { connect: 10, ssl: 20, send: 1, receive: 1, wait: 29 },
      serverIPAddress: "203.0.113.7",
    };
  });
  return har({ name: "mitmproxy", version: "12.1", comment: "" }, entries, { pages: [] });
}

/** The query beside the address, and nothing of sizes. */
function insomnia(calls: readonly SeenCall[]): string {
  const entries = calls.map((call) => {
    const { origin, pathname, searchParams } = new URL(call.url);
    return {
      startedDateTime: "2026-11-30T18:04:11.220Z",
      time: 61.2,
      request: {
        method: call.method,
        url: `${origin}${pathname}`,
        httpVersion: "HTTP/1.1",
        cookies: [],
        headers: [TOKEN],
        queryString: [...searchParams].map(([name, value]) => ({ name, value })),
        postData: { mimeType: call.sent === undefined ? "" : "application/json", text: call.sent ?? "" },
        headersSize: -1,
        bodySize: -1,
      },
      response: {
        status: call.status,
        statusText: "OK",
        httpVersion: "HTTP/1.1",
        cookies: [],
        headers: [{ name: "content-type", value: TYPE }],
        content: { size: bytesOf(call.answered), mimeType: TYPE, text: call.answered },
        redirectURL: "",
        headersSize: -1,
        bodySize: -1,
      },
      cache: {},
      timings: { blocked: -1, dns: -1, connect: -1, send: 0, wait: 61.2, receive: 0, ssl: -1 },
      comment: "Chats",
    };
  });
  return har({ name: "Insomnia REST Client", version: "insomnia.desktop.app:v11.6.0" }, entries);
}

/** No HAR file: saved answers in folders, with variables in addresses and headers. */
function postman(calls: readonly SeenCall[]): string {
  const items = calls.map((call) => {
    const { pathname, search } = new URL(call.url);
    const path = pathname.slice(1).split("/");
    const request = {
      method: call.method,
      header: [
        { key: "X-LINQ-INTEGRATION-TOKEN", value: "{{token}}", type: "text" },
        { key: "X-Other", value: "x", disabled: true },
      ],
      ...(call.sent !== undefined && {
        body: { mode: "raw", raw: call.sent, options: { raw: { language: "json" } } },
      }),
      url: {
        raw: `{{host}}${pathname.replace("/46", "/:chat_id")}${search}`,
        host: ["{{host}}"],
        path,
        variable: [{ key: "chat_id", value: "46" }],
      },
    };
    const saved = {
      name: "as it came",
      originalRequest: request,
      status: "OK",
      code: call.status,
      _postman_previewlanguage: "json",
      header: [
        { key: "Content-Type", value: TYPE },
        { key: "Content-Encoding", value: "gzip" },
        { key: "Content-Length", value: "17" },
      ],
      cookie: [],
      responseTime: 61,
      body: call.answered,
    };
    return { name: "A call", request, response: [saved] };
  });
  return JSON.stringify({
    info: {
      _postman_id: "6f9619ff-8b86-d011-b42d-00cf4fc964ff",
      name: "Linq",
      schema: "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
    },
    item: [{ name: "Chats", item: items }],
    variable: [
      { key: "host", value: "https://api.linqapp.com" },
      { key: "token", value: "canary-token-7f3a" },
    ],
  });
}

/** The file that each program makes of some calls. */
export const programs: Readonly<Record<string, (calls: readonly SeenCall[]) => string>> = {
  Chrome: chrome,
  Firefox: firefox,
  Charles: charles,
  mitmproxy,
  Insomnia: insomnia,
  Postman: postman,
};
