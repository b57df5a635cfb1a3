import fc from "fast-check";
import { type OperationId, operations } from "../../../contracts/generated/v2/operations";
import { type Answer, apiClient } from "../../testing/api-client";
import { bodyFields, replaced } from "../../testing/bad-requests";
import { fullWorld, goodRequests } from "../../testing/good-requests";

// Asserted here, too: A-form-urlencoded, A-idempotency-scope, A-create-form, A-create-name, A-create-status, A-error-wording, A-update-owner, A-update-invalid,
// A-body-wrapped.

/* Whatever a client sends that is not read is refused, or named in a hint. */

const api = apiClient({ fixtures: fullWorld, clock: "2025-12-05T14:40:00-06:00", rateLimits: false });
const ids = Object.keys(operations) as OperationId[];
const withBody = ids.filter((id) => operations[id].body);
const withForm = ids.filter((id) => operations[id].form);
const withoutBody = ids.filter((id) => !operations[id].body);
const JSON_TYPE = { "Content-Type": "application/json" };

type Json = ReturnType<typeof JSON.parse>;

interface Sent {
  readonly path?: string;
  readonly body?: string | undefined;
  readonly headers?: Record<string, string>;
}

beforeEach(reset);

test.each(ids)("of the good request of %s nothing is said", async (id) => {
  expect((await send(id)).hint).toBeUndefined();
});

/** How something that nobody reads gets into an operation's request, by what it is. The name is none that V2 has. */
const WAYS: Readonly<
  Record<string, { readonly of: readonly OperationId[]; readonly sent: (id: OperationId, name: string, pick: number) => Sent }>
> = {
  "a parameter": {
    of: ids,
    sent: (id, name) => ({ path: withParameter(goodRequests[id].path, name) }),
  },
  "a field": {
    of: withBody,
    sent: (id, name, pick) => ({ body: JSON.stringify(replaced(goodRequests[id].body, [...placeOf(id, pick), name], "x")) }),
  },
  "a field that is an object": {
    of: withBody,
    sent: (id, name, pick) => ({
      body: JSON.stringify(replaced(goodRequests[id].body, [...placeOf(id, pick), name], { text: "x" })),
    }),
  },
  "a field of a form": {
    of: withForm,
    sent: (id, name, pick) => urlencoded(id, bracketed([...placeOf(id, pick), name])),
  },
  "a field of a form in another spelling": {
    of: withForm,
    sent: (id, name, pick) => urlencoded(id, [...placeOf(id, pick), name].join(".")),
  },
  "a file of a form": {
    of: withForm,
    sent: (id, name) => multipart(id, `name="${name}"; filename="a.png"`, "image/png"),
  },
  "a field of a body where none is read": {
    of: withoutBody,
    sent: (_, name) => ({ body: JSON.stringify({ [name]: 1 }) }),
  },
  "a field of a form where none is read": {
    of: withoutBody,
    sent: (_, name) => ({ body: `${name}=1`, headers: { "Content-Type": "application/x-www-form-urlencoded" } }),
  },
};

test("nothing that is sent is dropped without a word", async () => {
  const anyName = fc.stringMatching(/^q[a-z]{2,9}(_[a-z]{2,6})?$/);
  const property = fc.asyncProperty(fc.constantFrom(...Object.keys(WAYS)), anyName, fc.nat(), async (way, name, pick) => {
    const { of, sent } = WAYS[way] as (typeof WAYS)[string];
    const id = of[pick % of.length] as OperationId;
    await reset();
    const answer = await send(id, sent(id, name, pick));
    if (!isTold(answer, name)) throw new Error(`${id}: ${way} ${name} is dropped: ${answer.status}, hint: ${answer.hint}`);
  });
  await fc.assert(property, { numRuns: 400 });
});

test.each(withBody)("of %s every field that is null is told, unless it means something", async (id) => {
  for (const { at, required } of bodyFields(id)) {
    const name = String(at.at(-1));
    if (required || typeof at.at(-1) === "number" || name === "forwarding_number") continue;
    await reset();
    const answer = await send(id, { body: JSON.stringify(replaced(goodRequests[id].body, at, null)) });
    expect([at, isTold(answer, name)]).toEqual([at, true]);
  }
});

test("a field that is null where null is documented is not told", async () => {
  expect((await send("updatePhoneNumber", { body: '{"forwarding_number": null}' })).hint ?? "").not.toContain("null");
});

test("of a hundred fields that are not read, ten are named, and the others counted", async () => {
  const extra = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`qx${i}`, 1]));
  const { hint } = await send("editMessage", { body: JSON.stringify({ text: "Hi", ...extra }) });
  expect(hint).toBe("qx0, qx1, qx2, qx3, qx4, qx5, qx6, qx7, qx8, qx9 and 90 more are not read.");
});

function send(id: OperationId, given: Sent = {}): Promise<Answer> {
  const { path, body } = { path: goodRequests[id].path, body: stringified(goodRequests[id].body), ...given };
  const headers = given.headers ?? (body === undefined ? {} : JSON_TYPE);
  return api.send(operations[id].method, path, { ...(body !== undefined && { body }), headers });
}

function stringified(body: Json): string | undefined {
  return body === undefined ? undefined : JSON.stringify(body);
}

async function reset(): Promise<void> {
  await api.send("POST", "//__mock/reset");
}

function isTold({ status, body, hint }: Answer, name: string): boolean {
  return hint?.includes(name) === true || (status >= 400 && JSON.stringify(body).includes(name));
}

function withParameter(path: string, name: string): string {
  return `${path}${path.includes("?") ? "&" : "?"}${name}=1`;
}

/** The top of a body, or one of the objects in it. */
function placeOf(id: OperationId, pick: number): (string | number)[] {
  const objects = bodyFields(id).filter(({ schema }) => schema.type === "object");
  return [...(objects[(pick >> 5) % (objects.length + 1)]?.at ?? [])];
}

function bracketed([first, ...rest]: (string | number)[]): string {
  return `${first}${rest.map((part) => `[${part}]`).join("")}`;
}

/** The fields of an operation's good form. */
function fieldsOf(id: OperationId): [string, string][] {
  const fields: [string, string][] = [];
  const add = (value: Json, at: string): void => {
    if (Array.isArray(value)) for (const one of value) fields.push([`${at}[]`, one]);
    else if (typeof value === "object")
      for (const [key, one] of Object.entries(value)) add(one, at === "" ? key : `${at}[${key}]`);
    else fields.push([at, String(value)]);
  };
  add(goodRequests[id].body, "");
  return fields;
}

function urlencoded(id: OperationId, name: string): Sent {
  const body = new URLSearchParams([...fieldsOf(id), [name, "x"]]).toString();
  return { body, headers: { "Content-Type": "application/x-www-form-urlencoded" } };
}

function multipart(id: OperationId, disposition: string, type: string): Sent {
  const part = (parameters: string, content: string): string =>
    `--b\r\nContent-Disposition: form-data; ${parameters}${content}\r\n`;
  const fields = fieldsOf(id).map(([name, value]) => part(`name="${name}"`, `\r\n\r\n${value}`));
  const body = `${fields.join("")}${part(disposition, `\r\nContent-Type: ${type}\r\n\r\nbytes`)}--b--`;
  return { body, headers: { "Content-Type": "multipart/form-data; boundary=b" } };
}
