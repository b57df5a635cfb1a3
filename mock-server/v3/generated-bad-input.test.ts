import { errorCodes } from "../../contracts/generated/v3/error-codes";
import { type OperationId, operations } from "../../contracts/generated/v3/operations";
import requestValidators from "../../contracts/generated/v3/request-validators";
import { type Json, textOfV3 } from "../../contracts/testing/contract-examples";
import { corruptions, places } from "../../contracts/testing/corruptions";
import { type Answer, apiClient } from "../testing/api-client";
import { ANN, LINE, smallWorld } from "../testing/worlds";

/*
 * Bad requests of every operation, made from the contract. Asked here, too:
 * A-v3-validation-order, A-v3-code-choice, A-v3-uuid-wording, A-v3-unknown-path, A-v3-timestamps, A-v3-rate-window,
 * A-v3-inbound-first-group, A-v3-location-stop-path, A-v3-first-message-code, A-v3-auto-first-message, A-v3-flat-body, A-v3-effect-name,
 * A-v3-mentions-shape, A-v3-examples, A-v3-card-at-once, A-v3-card-shared, A-v3-deleted-file, A-v3-reaction-one, A-v3-inline-stickers-name, A-v3-service-initial, A-v3-idem-scope, A-v3-idem-deleted, A-v3-handles-order,
 * A-v3-display-name, A-v3-group-clear, A-v3-leave-visibility, A-v3-typing-group, A-v3-chat-order, A-v3-message-order, A-v3-delays,
 * A-v3-event-order, A-v3-put-chat-status, A-v3-leave-status, A-v3-location-status, A-v3-poll-status, A-v3-background-delete-status,
 * A-v3-appcard-status, A-v3-audit-status, A-v3-contact-card-status, A-v3-contact-card-delete, A-v3-block-status,
 * A-v3-unblock-status, A-v3-payment-status, A-v3-payment-404, A-v3-sticker-status, A-v3-sticker-emoji, A-v3-webhook-key-order, A-v3-version-on-
 * put, A-v3-routing-headers, A-v3-webhook-ua, A-v3-retry-schedule, A-v3-dup-target, A-v3-webhook-version, A-v3-line-filter,
 * A-v3-event-unknown, A-v3-v2-visibility, A-v3-migrate-content, A-v3-service-choice, A-v3-capability-scope, A-v3-card-limit,
 * A-v3-available-number, A-v3-error-messages, A-v3-extra-fields, A-v3-unlisted-status,
 * A-v3-content-type, A-v3-own-line, A-v3-linked-file, A-v3-experience, A-v3-card-without-url, A-v3-duplicate-handles, A-v3-mention-range
 */

const api = apiClient({ fixtures: smallWorld, clock: "2026-01-05T12:00:00Z" }, "v3");
const NOBODY = "11111111-2222-4333-8444-555555555555";
const deep = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`;
const STRANGE_IDS = `${NOBODY}0 %00 1%2F1 __proto__`.split(" ");
const STRANGE_QUERY = "-1 1e3 %00 % __proto__".split(" ").concat("9".repeat(8000));
const STRANGE_VALUES: readonly unknown[] = [null, {}, `a\r\nX-Evil: 1\u0000\ud800${"x".repeat(10_001)}`];
/** What any bad request may be refused with (A-v3-code-choice). */
const GENERAL_CODES: readonly number[] = [1001, 1002, 1003, 1004, 1005];
const ids = Object.keys(operations) as OperationId[];
const idsWithBody = ids.filter((id) => operations[id].body);
const known: Readonly<Record<string, string>> = {};
let seeded = "";

beforeAll(async () => {
  const chat = (await api.get(`/chats?from=${encodeURIComponent(LINE)}&to=${encodeURIComponent(ANN)}`)).body.chats.find(
    (one: Json) => !one.is_group,
  );
  const [message] = (await api.get(`/chats/${chat.id}/messages`)).body.messages;
  Object.assign(known, { chatId: chat.id, messageId: message.id, phoneNumber: encodeURIComponent(LINE) });
  seeded = await state();
});

test.each(ids.filter((id) => /\{\w+Id\}/.test(operations[id].path)))(
  "%s: no UUID in its path is 400, code 1005",
  async (id) => {
    const { method, path } = operations[id];
    const [, name = ""] = /\{(\w+Id)\}/.exec(path) ?? [];
    const answer = await send(method, pathOf(id, { [name]: "46" }), exampleOf(id));
    expect([answer.status, answer.body.error?.code]).toEqual([400, 1005]);
    expect(answer.body.error.message).toBe(`invalid ${name} format: must be a valid UUID`);
    if (!operations[id].body) return;
    const json = { "Content-Type": "application/json" };
    expect((await api.send(method, pathOf(id, { [name]: "46" }), { body: "{bad", headers: json })).body).toMatchObject({
      error: answer.body.error,
    });
  },
);

test.each(ids)("%s: strange ids and queries are refused as documented, or found nowhere", async (id) => {
  const { method, path, query } = operations[id];
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const paths = names.flatMap((name) => STRANGE_IDS.map((strange) => pathOf(id, { [name]: strange })));
  const queries = Object.keys(query).flatMap((name) => STRANGE_QUERY.map((value) => `${pathOf(id)}?${name}=${value}`));
  const other = `${pathOf(id)}?zebra=1&__proto__=1&constructor[prototype][polluted]=1&=&[]=`;
  const complaints = await complaintsAbout(
    id,
    [...paths, ...queries, other].map((asked) => ({ name: asked, send: () => send(method, asked, exampleOf(id)) })),
  );
  expect(complaints).toEqual([]);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test.each(idsWithBody)(
  "%s: a field that is missing, too long, null or of another type is refused as documented",
  async (id) => {
    const { method } = operations[id];
    const validate = (requestValidators as Readonly<Record<string, (body: unknown) => boolean>>)[`${id} body`];
    const bodies = [
      ...[...places(exampleOf(id))].flatMap(({ pointer, replace }) =>
        STRANGE_VALUES.map((value) => ({ pointer, body: replace(value) })),
      ),
      ...[...corruptions(exampleOf(id))].map(({ pointer, rule, corrupted }) => ({
        pointer: `${pointer} ${rule}`,
        body: corrupted,
      })),
    ];
    const asked = bodies.map(({ pointer, body }) => ({
      name: `${pointer} in ${JSON.stringify(body).slice(0, 80)}`,
      send: () => send(method, pathOf(id), body),
      isRefused: validate?.(JSON.parse(JSON.stringify(body))) === false,
    }));
    expect(await complaintsAbout(id, asked)).toEqual([]);
  },
);

test.each<[OperationId, number]>([
  ["addParticipant", 1001],
  ["removeParticipant", 1001],
  ["updatePhoneNumber", 1001],
  ["updateContactCard", 1001],
  ["deleteContactCard", 1001],
  ["updateAppCard", 1008],
  ["createPoll", 1004],
])("%s without what it needs is refused with %d", async (id, code) => {
  const { status, body } = await send(operations[id].method, pathOf(id), operations[id].body ? {} : undefined);
  expect([status, body.error.code]).toEqual([400, code]);
});

test.each(idsWithBody)("%s: what is no JSON or too deep is refused in the envelope, with its trace id", async (id) => {
  const { method } = operations[id];
  const json = { "Content-Type": "application/json" };
  const good = JSON.stringify(exampleOf(id));
  const raw: readonly (readonly [body: string, headers: Record<string, string>])[] = [
    ...["{", "null", "7", '"text"', "[]", "NaN", "\u0000", `${good}x`, deep(100_000)].map((body) => [body, json] as const),
    ...["text/plain", "application/xml", "multipart/form-data", "application/json;charset=x"].map(
      (type) => [good, { "Content-Type": type }] as const,
    ),
    [good, { ...json, "Content-Encoding": "gzip" }],
  ];
  for (const [body, headers] of raw) {
    const answer = await api.send(method, pathOf(id), { body, headers });
    const { status, body: refusal } = answer;
    expect([body.slice(0, 20), headers, status]).toEqual([body.slice(0, 20), headers, 400]);
    expect(refusal).toMatchObject({ success: false, error: { status }, trace_id: answer.headers["x-trace-id"] });
    const { code, message } = refusal.error;
    expect([code, message]).toEqual([code, errorCodes[String(code) as keyof typeof errorCodes].message]);
  }
  expect(await state()).toBe(seeded);
});

async function state(): Promise<string> {
  return JSON.stringify((await api.get("//__mock/state")).body);
}

function exampleOf(id: OperationId): Json {
  return textOfV3.bodies.find(({ of }) => of === id)?.value;
}

function pathOf(id: OperationId, given: Readonly<Record<string, string>> = {}): string {
  return operations[id].path.replaceAll(/\{(\w+)\}/g, (_, name: string) => given[name] ?? known[name] ?? NOBODY);
}

function send(method: string, path: string, body: Json): Promise<Answer> {
  const text = body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  return api.send(method, path, text);
}

interface Asked {
  readonly name: string;
  readonly send: () => Promise<Answer>;
  /** Whether the contract refuses it. */
  readonly isRefused?: boolean;
}

/** What is wrong with the answers, if anything, and whether a refusal changed the state. */
async function complaintsAbout(id: OperationId, all: readonly Asked[]): Promise<string[]> {
  const complaints: string[] = [];
  for (const asked of all) {
    const complaint = await asked.send().then(
      (answer) => complaintAbout(id, answer, asked.isRefused ?? false),
      (error: unknown) => String(error), // the client throws on a 5xx, and on what breaks the contract
    );
    if (complaint !== undefined) complaints.push(`${asked.name.slice(0, 120)}: ${complaint.slice(0, 300)}`);
  }
  if ((await state()) !== seeded) complaints.push("the state changed");
  return complaints;
}

async function complaintAbout(id: OperationId, answer: Answer, isRefused: boolean): Promise<string | undefined> {
  const { status, body, headers } = answer;
  if (headers["x-evil"] !== undefined) return "a header was injected";
  if (status < 300) {
    if (operations[id].method !== "GET") await api.send("POST", "//__mock/reset");
    return isRefused ? `it was taken, with ${status}` : undefined;
  }
  if (isRefused && status !== 400) return `${status} instead of 400`;
  const { code } = body.error;
  const isOfNoRoute = status === 404 && code === 2001; // an id that ends its path, or makes another of it
  const statusOfCode = errorCodes[String(code) as keyof typeof errorCodes]?.status;
  const isOddlyCoded = `${id} ${status} ${code}` === "getExperience 404 2011"; // elsewhere 403, as is documented
  if (statusOfCode !== status && code !== 1003 && !isOddlyCoded) return `code ${code} with ${status}`;
  const listed: readonly number[] = (operations[id].errorCodes as Readonly<Record<number, readonly number[]>>)[status] ?? [];
  const isGeneral = status === 400 && GENERAL_CODES.includes(code);
  return listed.includes(code) || isGeneral || isOfNoRoute ? undefined : `the code ${code} is not listed for ${status}`;
}
