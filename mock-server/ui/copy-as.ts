import { BASE, call, SANDBOX, type Schemas } from "./api";
import { conversationAsFixture } from "./fixture-of";
import { apis } from "./store";

/** What callers say of themselves, and what follows from how a request is sent. */
const LEFT_OUT =
  /^(host|connection|content-length|accept-encoding|user-agent|x-request-id|traceparent|sec-.*|origin|referer|cookie|accept-language)$/;

/** The field of a form that files are in. */
const FILES = "message[attachments][]";

interface SentRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: unknown;
  readonly isForm: boolean;
  readonly files: readonly { readonly filename: string; readonly mime_type: string }[];
  readonly status: number;
}

/** A command that makes the same call again. */
export async function curlOf(request: Schemas["Request"]): Promise<string> {
  const { method, path, headers, body, isForm, files } = sentBy(request);
  const lines = [
    `curl --request ${method}`,
    `--url ${quoted(BASE + path)}`,
    ...headers.map(([name, value]) => `--header ${quoted(`${name}: ${value}`)}`),
  ];
  if (isForm) {
    lines.push(...fieldsOf(body).map(([name, value]) => `--form-string ${quoted(`${name}=${value}`)}`));
    lines.push(...files.map(({ filename }) => `--form ${quoted(`${FILES}=@"${filename}"`)}`));
  } else if (isText(request)) lines.push(`--data-raw ${quoted(String(body))}`);
  else if (body !== undefined && body !== null) lines.push(`--data ${quoted(JSON.stringify(body))}`);
  return lines.join(" \\\n  ");
}

/**
 * A test that makes the same call, and expects the same answer.
 *
 * @throws Error when no test could
 */
export async function testOf(request: Schemas["Request"]): Promise<string> {
  if (request.lost) throw new Error("There is no test of it: its caller never had the answer");
  const { method, path, headers, body, isForm, files, status } = sentBy(request);
  const form = [
    ...fieldsOf(body).map(([name, value]) => `${JSON.stringify(name)}, ${JSON.stringify(String(value))}`),
    ...files.map(
      ({ filename, mime_type: type }) =>
        `"${FILES}", new File(["its bytes"], ${JSON.stringify(filename)}, ${JSON.stringify({ type })})`,
    ),
  ].map((field) => `\n  form.append(${field});`);
  const world = await worldFor(request);
  const hasBody = body !== undefined && body !== null;
  const isNamed = SANDBOX !== "default" || UUID.test(path + JSON.stringify(body)); // ids of V3 are a sandbox's own
  const fault =
    request.fault !== null && status >= 400
      ? `\n  await box.faults.arm({ fault: "status", status: ${status}, first: 1 });`
      : "";
  return `const { startMockServer } = require("linq-mock");

let mock, box;
beforeAll(async () => {
  mock = await startMockServer(${world === undefined ? "" : `{ fixtures: ${indented(world, 2)} }`});${world === undefined ? " // with { fixtures } if yours are not the shipped ones" : ""}
});
afterAll(() => mock.stop());
beforeEach(async () => {
  box = await mock.sandbox(${isNamed ? JSON.stringify(SANDBOX) : ""});
});

test(${JSON.stringify(`${method} ${path.split("?")[0]}`)}, async () => {${fault}${isForm ? `\n  const form = new FormData();${form.join("")}` : ""}
  const response = await fetch(box.url + ${JSON.stringify(path)}, {
    method: ${JSON.stringify(method)},
    headers: ${indented(Object.fromEntries(headers), 4)},${isForm ? "\n    body: form," : hasBody ? `\n    body: ${isText(request) ? JSON.stringify(body) : `JSON.stringify(${indented(body, 4)})`},` : ""}
  });
  expect(response.status).toBe(${status});
});
`;
}

const UUID = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/;

function indented(value: unknown, by: number): string {
  return JSON.stringify(value, null, 2).replaceAll("\n", `\n${" ".repeat(by)}`);
}

/** What the mock must begin with for a call about what was made since its start: the conversation. Undefined when it has all that is needed. */
async function worldFor({ path, status, chat_id, message_id, ...rest }: Schemas["Request"]): Promise<unknown> {
  const seed = await call("get", "/state", { query: { of: "seed" } });
  const [, section = "", id] = /\/(contacts|webhook_subscriptions)\/(\d+)/.exec(path) ?? [];
  const isKnown = (seed as Sections)[section]?.some((one) => one.id === Number(id)) === true;
  if (id !== undefined && status !== 404 && !isKnown) throw new Error(NOT_THERE);
  if (!/\/(chats|(chat_)?messages|chat_message_reactions)\/./.test(path)) return undefined;
  const reaction = status === 404 ? undefined : reactionOf({ path, ...rest });
  if (chat_id === null && message_id === null && reaction === undefined) return undefined;
  const isOfMessage = message_id !== null && /\/(chat_)?messages\/./.test(path);
  const isMeant = (chat: SeenChat): boolean => {
    const { messages = [] } = chat;
    if (reaction !== undefined) return messages.some(({ reactions }) => reactions?.some((one) => one.id === reaction));
    return (chat_id === null || chat.id === chat_id) && (!isOfMessage || messages.some((one) => one.id === message_id));
  };
  const chatIn = (world: unknown): SeenChat | undefined => (world as { chats?: SeenChat[] }).chats?.find(isMeant);
  if (chatIn(seed)) return undefined;
  const chat = chatIn(await call("get", "/state"));
  if (chat) return JSON.parse(await conversationAsFixture(chat.id));
  throw new Error(NOT_THERE);
}

/** The reaction of V2 that must be there for a call to go well: one that is read, or was removed. */
function reactionOf({
  path,
  request,
  response,
}: Pick<Schemas["Request"], "path" | "request" | "response">): number | undefined {
  const [, read] = /\/chat_message_reactions\/(\d+)/.exec(path) ?? [];
  if (read !== undefined) return Number(read);
  const { operation } = (request.body ?? {}) as { operation?: unknown };
  const { data } = (response.body ?? {}) as { data?: { id?: number } };
  return path.endsWith("/reactions") && operation === "remove" ? data?.id : undefined;
}

interface SeenChat {
  readonly id: number;
  readonly messages?: readonly { readonly id: number; readonly reactions?: readonly { readonly id: number }[] }[];
}

type Sections = Readonly<Record<string, readonly { readonly id: number }[] | undefined>>;

const NOT_THERE = "There is no test of it: the world that a test begins with lacks what it is about";

function sentBy({ method, path, query, request, status }: Schemas["Request"]): SentRequest {
  const api = apis.value.find(({ prefix }) => path.startsWith(prefix)) ?? apis.value[0];
  const isForm = request.files !== undefined;
  const kept = Object.entries(request.headers)
    .filter(
      ([name]) => !LEFT_OUT.test(name) && !(isForm && name === "content-type") && name !== api?.token_header.name.toLowerCase(),
    )
    .map(([name, value]) => [name, String(value)] as const);
  const token = api ? [[api.token_header.name, api.token_header.value] as const] : [];
  const suffix = query === "" ? "" : query.startsWith("?") ? query : `?${query}`;
  return {
    method,
    path: path + suffix,
    headers: [...token, ...kept],
    body: request.body,
    isForm,
    files: request.files ?? [],
    status,
  };
}

/** Whether the body is no JSON: a call that the API has not may come with any. */
function isText({ request: { headers, body } }: Schemas["Request"]): boolean {
  return typeof body === "string" && !String(headers["content-type"]).includes("json");
}

/** A form's fields, with brackets for what is within another. */
function fieldsOf(body: unknown, within = ""): [string, unknown][] {
  if (typeof body !== "object" || body === null) return [[within, body]];
  return Object.entries(body).flatMap(([key, value]) => {
    const name = Array.isArray(body) ? "" : key;
    return fieldsOf(value, within === "" ? name : `${within}[${name}]`);
  });
}

/** As a shell takes it for one word, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
