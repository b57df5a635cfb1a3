import { type ApiRequest, BASE, call } from "./api";

/** What callers say of themselves, and what follows from how a request is sent. */
const LEFT_OUT =
  /^(host|connection|content-length|accept-encoding|user-agent|x-request-id|traceparent|sec-.*|origin|referer|cookie|accept-language)$/;

interface SentRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: unknown;
  readonly status: number;
}

/** A command that makes the same call again. */
export async function curlOf(request: ApiRequest): Promise<string> {
  const { method, path, headers, body } = await sentBy(request);
  const lines = [
    `curl --request ${method}`,
    `--url ${quoted(BASE + path)}`,
    ...headers.map(([name, value]) => `--header ${quoted(`${name}: ${value}`)}`),
  ];
  const form = formOf(body);
  if (form) lines.push(...form.map(([name, value]) => `--form-string ${quoted(`${name}=${value}`)}`));
  else if (body !== undefined && body !== null) lines.push(`--data ${quoted(JSON.stringify(body))}`);
  return lines.join(" \\\n  ");
}

/** A test that makes the same call, and expects the same answer. */
export async function testOf(request: ApiRequest): Promise<string> {
  const { method, path, headers, body, status } = await sentBy(request);
  const hasBody = body !== undefined && body !== null;
  const text = JSON.stringify(body, null, 2)?.replaceAll("\n", "\n    ");
  return `const { startMockServer } = require("linq-mock");

let mock, box;
beforeAll(async () => {
  mock = await startMockServer(); // with { fixtures } if yours are not the shipped ones
});
afterAll(() => mock.stop());
beforeEach(async () => {
  box = await mock.sandbox();
});

test(${JSON.stringify(`${method} ${path.split("?")[0]}`)}, async () => {
  const response = await fetch(\`\${box.url}\${${JSON.stringify(path)}}\`, {
    method: ${JSON.stringify(method)},
    headers: ${JSON.stringify(Object.fromEntries(headers), null, 2).replaceAll("\n", "\n    ")},${hasBody ? `\n    body: JSON.stringify(${text}),` : ""}
  });
  expect(response.status).toBe(${status});
});
`;
}

async function sentBy({ method, path, query, request, status }: ApiRequest): Promise<SentRequest> {
  const { apis } = await call("get", "/apis");
  const api = apis.find(({ prefix }) => path.startsWith(prefix)) ?? apis[0];
  const form = formOf(request.body);
  const kept = Object.entries(request.headers)
    .filter(
      ([name]) => !LEFT_OUT.test(name) && !(form && name === "content-type") && name !== api?.token_header.name.toLowerCase(),
    )
    .map(([name, value]) => [name, String(value)] as const);
  const token = api ? [[api.token_header.name, api.token_header.value] as const] : [];
  const suffix = query === "" ? "" : query.startsWith("?") ? query : `?${query}`;
  return { method, path: path + suffix, headers: [...token, ...kept], body: request.body, status };
}

/** The fields of a form; undefined when the body is none. */
function formOf(body: unknown): [string, unknown][] | undefined {
  const { fields, files } = (body ?? {}) as { fields?: object; files?: unknown };
  return fields && Array.isArray(files) ? Object.entries(fields) : undefined;
}

/** As a shell takes it for one word, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
