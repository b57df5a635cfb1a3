import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Canaries, ROOT, writtenInManyWays } from "../../contracts/suite/reports/testing/canaries";
import { Recorder } from "./recorder";

/* Everything of a rich account that is somebody's has the same letters in it, or is a number; nothing of it is in a recording. */

const API = "/api/partner/v2";
const TIME = "2025-05-21T15:30:00.000-05:00";
const canaries = new Canaries();
const token = `${canaries.word()}/t0ken+${canaries.word()}`;
const line = canaries.number();
const other = canaries.number();
const mail = (): string => `${canaries.name()}+box@${ROOT}-mail.com`;
const web = (): string => `https://${ROOT}.com/${canaries.name()}?a=b&c=${canaries.name()}`;

interface Sketch {
  readonly method?: string;
  readonly url: string;
  readonly sent?: unknown;
  readonly status?: number;
  readonly got?: unknown;
  readonly asked?: IncomingHttpHeaders;
  readonly answered?: Record<string, string | string[]>;
}

/** What no contract knows: texts, numbers and names of fields, at any depth. */
function unknown(): object {
  return {
    note: canaries.text(),
    mobile: Number(canaries.number().slice(1)),
    tags: [canaries.name(), [mail(), { deep: web() }]],
    [`${canaries.name()} the great`]: { [canaries.number()]: true, [mail()]: null },
  };
}

function chat(): object {
  const handles = [line, other, canaries.number(), mail()].map((phone_number, i) => ({
    id: 100 + i,
    phone_number,
    joined_at: TIME,
  }));
  return { id: 46, display_name: `${canaries.name()} Box, ${other}`, service: "SMS", chat_handles: handles, ...unknown() };
}

function message(): object {
  const url = `http://localhost:4010/attachments/db16beb4-2606-43a1-99e5-5b04c4df66ba/${canaries.name()}.jpg?of=${canaries.name()}`;
  return {
    id: 9,
    text: `${canaries.text()}, ring ${other} or (${other.slice(2, 5)}) ${other.slice(5, 8)}-${other.slice(8)}, ${mail()}, ${web()}`,
    sent_at: TIME,
    sent_from: canaries.number(),
    attachments: [
      { id: "db16beb4-2606-43a1-99e5-5b04c4df66ba", url, filename: `${canaries.name()}.jpg`, mime_type: `image/${ROOT}` },
      { id: "b", url: web(), filename: `my ${canaries.name()}.pdf` },
    ],
    reactions: [{ id: 5, reaction: "love", from_phone: canaries.number() }],
    ...unknown(),
  };
}

function contact(): object {
  const owner = { id: 1, email: mail(), first_name: canaries.name(), last_name: canaries.name(), name: canaries.name() };
  return {
    id: 3,
    first_name: canaries.name(),
    last_name: `${canaries.name()}-${canaries.name()}`,
    full_name: `${canaries.name()} ${canaries.name()}`,
    email: mail().toUpperCase(),
    phone_number: canaries.number(),
    company: canaries.name(),
    title: canaries.name(),
    location: `${canaries.name()}, AL`,
    image_url: web(),
    contact_owner: owner,
    ...unknown(),
  };
}

function refusals(): object[] {
  const says = (value: string): string =>
    `Sorry: ${value} of ${canaries.name()} is not valid, call ${canaries.number()} or ${mail()}`;
  return [
    { errors: [{ status: 422, code: canaries.word(), title: canaries.name(), detail: says(canaries.text()), ...unknown() }] },
    { status: "error", error_code: canaries.word(), message: says(web()), errors: [says(other), canaries.text(), says(token)] },
    { message: says("nobody"), error: canaries.name(), [canaries.text()]: 1 },
  ];
}

const encoded = encodeURIComponent;
const find = `${API}/chats/find?phone_number=${encoded(line)}&phone_numbers[]=${other.slice(2)}&phone_numbers%5B%5D=${encoded(mail())}`;
const subscription = { webhook_url: web(), events: ["message.sent"], version: 2, secret: canaries.text() };
const sketches: readonly Sketch[] = [
  { url: find, got: { data: { chat: chat() } } },
  {
    url: `${API}/chats?phone_number=${line}&${encoded(canaries.word())}=${canaries.name()}&page=1`,
    got: { data: [chat(), chat()] },
  },
  { url: `${API}/chats/${other.slice(1)}/${canaries.name()}#${canaries.name()}`, got: { data: chat() } },
  {
    url: `/${canaries.name()}/${encoded(canaries.text())}${API}/chats/46/chat_messages`,
    got: { data: [message(), message()] },
  },
  {
    method: "POST",
    url: `${API}/chats`,
    sent: {
      send_from: line,
      chat: { phone_numbers: [other, mail()], display_name: canaries.name() },
      message: { text: canaries.text(), idempotency_key: canaries.word(), attachment_urls: [web()], attachments: [web()] },
    },
    got: { data: { ...chat(), chat_messages: message() } },
  },
  { url: `${API}/contacts/find?email=${encoded(mail())}&phone_number=${encoded(other)}`, got: contact() },
  { method: "POST", url: `${API}/contacts`, sent: { contact: contact(), user_email: mail() }, got: { data: contact() } },
  { method: "POST", url: `${API}/webhook_subscriptions`, sent: { webhook_subscription: subscription }, got: { subscription } },
  ...refusals().map((got) => ({ url: `${API}/contacts/3`, status: 422, got })),
  { url: `${API}/contacts`, status: 502, got: `<html><b>${canaries.name()}</b> ${canaries.text()} ${other}</html>` },
  { url: `${API}/contacts`, got: `{"cut": "${canaries.name()}` },
  { url: `${API}/contacts`, got: Buffer.from(`\xff\xfe${canaries.name()}`, "latin1") },
  { url: `${API}/contacts`, got: `${"[".repeat(300)}"${canaries.name()}"${"]".repeat(300)}` },
  {
    url: `${API}/contacts`,
    asked: {
      authorization: `Bearer ${token}`,
      cookie: canaries.word(),
      "user-agent": canaries.name(),
      [`x-${canaries.word()}`]: "1",
    },
    answered: {
      "set-cookie": [canaries.word(), canaries.word()],
      location: web(),
      "x-request-id": canaries.word(),
      "x-linq-mock-hint": `${other} is none of your lines (${line}), ${canaries.name()}`,
      "content-type": `application/${ROOT}`,
    },
  },
];

function recordAll(file: string): void {
  const recorder = new Recorder(file, { creatorVersion: "0.0.0" });
  for (const { method = "GET", url, sent, status = 200, got, asked, answered } of sketches) {
    recorder.record({
      startedAt: 0,
      ms: 1,
      request: { method, url, headers: { "x-linq-integration-token": token, ...asked }, body: bytesOf(sent) },
      response: { ok: true, status, headers: { "content-type": "application/json", ...answered }, body: bytesOf(got) },
    });
  }
  const form = `--b\r\nContent-Disposition: form-data; name="message[text]"\r\n\r\n${canaries.text()}\r\n--b--`;
  recorder.record({
    startedAt: 0,
    ms: 1,
    request: {
      method: "POST",
      url: `${API}/chats/46/chat_messages`,
      headers: { "x-linq-integration-token": token, "content-type": `multipart/form-data; boundary=${canaries.name()}` },
      body: Buffer.from(form),
    },
    response: { ok: false, error: `connect ECONNREFUSED ${canaries.name()}, ${web()}` },
  });
  expect(recorder.close()).toEqual({ recorded: sketches.length + 1, leftOut: 0 });
}

function bytesOf(body: unknown): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  return Buffer.isBuffer(body) ? body : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}

/** What of the canaries a text has in it, decoded in all ways in which it may be encoded. */
function leaks(text: string): string[] {
  const unescaped = text.replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  const decoded = unescaped.replace(/%([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  const base64 = (text.match(/[\w+/]{8,}={0,2}/g) ?? []).map((part) => Buffer.from(part, "base64").toString("latin1"));
  const all = [text, unescaped, decoded, ...base64].join("\n").toLowerCase();
  const numbers = canaries.numbers.flatMap(writtenInManyWays).filter((number) => all.includes(number.toLowerCase()));
  return [...(all.match(new RegExp(`.{0,30}${ROOT}.{0,30}`, "g")) ?? []), ...numbers];
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "linq-mock-recording-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("what is recorded is full of canaries", () => {
  expect(leaks(JSON.stringify(sketches)).length).toBeGreaterThan(50);
});

test.each([1, 2, 3])("nothing of anybody is in a recording (%i)", (n) => {
  const file = join(folder, `${n}.har`);
  recordAll(file);
  const text = readFileSync(file, "utf8");
  expect(leaks(text)).toEqual([]);
  expect(text).toContain(TIME);
  expect(text.length).toBeGreaterThan(10_000);
});
