/* HAR files as the developer tools of Chromium write them: what they add of their own, they begin with an underscore. */

interface Given {
  readonly method?: string;
  readonly url: string;
  readonly status?: number;
  readonly body?: unknown;
  readonly sent?: unknown;
  /** What is to be another than usual, in the entry and in its response. */
  readonly entry?: object;
  readonly response?: object;
}

/** A call over HTTP/2 of a page, with its answer. */
export function chromiumEntry({ method = "GET", url, status = 200, body, sent, entry, response }: Given) {
  const { host, pathname, search } = new URL(url);
  const text = body === undefined ? undefined : JSON.stringify(body);
  const type = "application/json; charset=utf-8";
  return {
    _connectionId: "8341",
    _initiator: {
      type: "script",
      stack: {
        callFrames: [
          { functionName: "load", scriptId: "12", url: "https://app.example.com/main.js", lineNumber: 1, columnNumber: 2 },
        ],
      },
    },
    _priority: "High",
    _resourceType: "fetch",
    cache: {},
    connection: "443",
    pageref: "page_1",
    request: {
      method,
      url,
      httpVersion: "http/2.0",
      headers: [
        { name: ":authority", value: host },
        { name: ":method", value: method },
        { name: ":path", value: `${pathname}${search}` },
        { name: ":scheme", value: "https" },
        { name: "accept", value: "*/*" },
        { name: "x-linq-integration-token", value: "canary-token-7f3a" },
      ],
      queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
      cookies: [],
      headersSize: -1,
      bodySize: sent === undefined ? 0 : JSON.stringify(sent).length,
      ...(sent !== undefined && { postData: { mimeType: "application/json", text: JSON.stringify(sent) } }),
    },
    response: {
      status,
      statusText: "",
      httpVersion: "http/2.0",
      headers: [
        { name: "access-control-allow-origin", value: "*" },
        ...(text === undefined
          ? []
          : [
              { name: "content-length", value: String(text.length) },
              { name: "content-type", value: type },
            ]),
        { name: "date", value: "Fri, 05 Dec 2025 20:42:06 GMT" },
        { name: "vary", value: "Origin" },
        { name: "vary", value: "Accept-Encoding" },
      ],
      cookies: [],
      content: {
        size: text?.length ?? 0,
        mimeType: text === undefined ? "x-unknown" : "application/json",
        ...(text !== undefined && { text }),
      },
      redirectURL: "",
      headersSize: -1,
      bodySize: -1,
      _transferSize: 412,
      _error: null,
      _fetchedViaServiceWorker: false,
      ...response,
    },
    serverIPAddress: "203.0.113.7",
    startedDateTime: "2025-12-05T20:42:06.118Z",
    time: 61.75200000053155,
    timings: { blocked: 1.2, dns: -1, ssl: -1, connect: -1, send: 0.2, wait: 59.1, receive: 1.2, _blocked_queueing: 0.7 },
    ...entry,
  };
}

/** A file with these entries. */
export function chromiumHar(...entries: readonly unknown[]): string {
  return JSON.stringify(
    {
      log: {
        version: "1.2",
        creator: { name: "WebInspector", version: "537.36" },
        pages: [
          {
            startedDateTime: "2025-12-05T20:42:05.900Z",
            id: "page_1",
            title: "https://app.example.com/",
            pageTimings: { onContentLoad: 310.5, onLoad: 402.1 },
          },
        ],
        entries,
      },
    },
    null,
    2,
  );
}
