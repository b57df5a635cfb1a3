import type { Header } from "./redact-headers";

/** A call and its answer, as they are to be written. */
export interface WrittenExchange {
  /** In ms since 1970. */
  readonly startedAt: number;
  readonly ms: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly Header[];
    readonly sent: WrittenContent | undefined;
  };
  /** What came, or why nothing did. */
  readonly response:
    | { readonly status: number; readonly headers: readonly Header[]; readonly content: WrittenContent }
    | { readonly error: string };
}

export interface WrittenContent {
  readonly mimeType: string;
  readonly text: string;
  /** Why the text is not what was sent. */
  readonly comment?: string;
}

/** An entry of a HAR file (1.2). */
export function writeEntry({ startedAt, ms, request, response }: WrittenExchange): object {
  const { method, url, headers, sent } = request;
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time: ms,
    request: {
      method,
      url,
      httpVersion: "HTTP/1.1",
      headers: pairs(headers),
      queryString: pairs([...new URL(url).searchParams]),
      cookies: [],
      headersSize: -1,
      bodySize: sizeOf(sent),
      ...(sent && { postData: { params: [], ...sent } }),
    },
    response: "error" in response ? noAnswer(response.error) : answer(response),
    cache: {},
    timings: { send: 0, wait: ms, receive: 0 },
  };
}

function answer({ status, headers, content }: Extract<WrittenExchange["response"], { readonly status: number }>): object {
  const size = sizeOf(content);
  return { ...common(status), headers: pairs(headers), content: { size, ...content }, bodySize: size };
}

/** As browsers write it. */
function noAnswer(error: string): object {
  return { ...common(0), headers: [], content: { size: 0, mimeType: "x-unknown" }, bodySize: -1, _error: error };
}

function common(status: number): object {
  return { status, statusText: "", httpVersion: "HTTP/1.1", cookies: [], redirectURL: "", headersSize: -1 };
}

function sizeOf(content: WrittenContent | undefined): number {
  return content === undefined ? 0 : Buffer.byteLength(content.text);
}

function pairs(entries: readonly Header[]): object[] {
  return entries.map(([name, value]) => ({ name, value }));
}
