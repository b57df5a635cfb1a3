import { redactHeader } from "../../redact/headers";
import { labels } from "../../redact/private-value";
import { Redactor } from "../../redact/redactor";
import type { CheckOutcome, ContractReport } from "../report";
import { curl } from "./curl";
import { renderers } from "./index";
import { jsonReport } from "./json";
import { observedFacts } from "./observed-facts";
import { redactionFor } from "./redaction";
import { renderTerminal } from "./terminal";
import { aReport } from "./testing/a-report";
import { anExchange, type ExchangeSketch } from "./testing/an-exchange";
import { anOutcome, aShape } from "./testing/an-outcome";
import { Canaries, ROOT, writtenInManyWays } from "./testing/canaries";

const TIME = "2025-05-21T15:30:00.000-05:00";
const canaries = new Canaries();
const token = `${canaries.word()}/t0ken+${canaries.word()}`;
const line = canaries.number();
const recipient = canaries.number();

/** What no contract knows: texts, numbers and names of fields, at any depth. */
function unknown(): object {
  return {
    note: canaries.text(),
    mobile: Number(canaries.number().slice(1)),
    tags: [canaries.name(), [canaries.email(), { deep: canaries.url() }]],
    [`${canaries.name()} the great`]: { [canaries.number()]: true, [canaries.email()]: null },
  };
}

function handles(): object[] {
  return [line, recipient, canaries.number(), canaries.email()].map((phone_number, i) => ({
    id: 100 + i,
    phone_number,
    service: "iMessage",
    joined_at: TIME,
    ...unknown(),
  }));
}

function chat(): object {
  return {
    id: 46,
    display_name: `${canaries.name()} Box, ${canaries.number()}`,
    service: "SMS",
    group: true,
    message_count: 3,
    chat_handles: handles(),
  };
}

function message(): object {
  const reaction = {
    id: 5,
    chat_message_id: 9,
    reaction: "love",
    is_from_me: false,
    from_phone: canaries.number(),
    sent_at: TIME,
  };
  const attachment = {
    id: "db16beb4-2606-43a1-99e5-5b04c4df66ba",
    url: canaries.url(),
    filename: `${canaries.name()}.jpg`,
    mime_type: `image/${ROOT}`,
  };
  return {
    id: 9,
    text: canaries.text(),
    sent_at: TIME,
    delivery_status: canaries.name(),
    sent_from: canaries.number(),
    attachments: [attachment],
    reactions: [reaction],
    ...unknown(),
  };
}

function contact(): object {
  const owner = {
    id: 1,
    email: canaries.email(),
    first_name: canaries.name(),
    last_name: canaries.name(),
    name: canaries.name(),
  };
  return {
    id: 3,
    first_name: canaries.name(),
    last_name: canaries.name(),
    full_name: `${canaries.name()} ${canaries.name()}`,
    email: canaries.email(),
    phone_number: canaries.number(),
    company: canaries.name(),
    title: canaries.name(),
    location: `${canaries.name()}, AL`,
    image_url: canaries.url(),
    contact_owner: owner,
    ...unknown(),
  };
}

function refusals(): object[] {
  const says = (value: string): string =>
    `Sorry: ${value} of ${canaries.name()} is not valid, call ${canaries.number()} or ${canaries.email()}`;
  return [
    { errors: [{ status: 422, code: canaries.word(), title: canaries.name(), detail: says(canaries.text()), ...unknown() }] },
    { status: "error", error_code: canaries.word(), message: says(canaries.url()), errors: [says(recipient), canaries.text()] },
    { message: says("nobody"), error: canaries.name(), [canaries.text()]: 1 },
  ];
}

const find = `/chats/find?phone_number=${encodeURIComponent(line)}&phone_numbers[]=${recipient.slice(2)}&phone_numbers%5B%5D=${encodeURIComponent(canaries.email())}`;
const sketches: readonly (readonly [string, ExchangeSketch])[] = [
  [find, { body: { data: { chat: chat() } } }],
  [
    `/chats?phone_number=${line}&${encodeURIComponent(canaries.word())}=${canaries.name()}`,
    { body: { data: [chat(), chat()] } },
  ],
  ["/chats/46", { body: { data: chat(), ...unknown() } }],
  ["/chats/46/chat_messages", { body: { data: [message()] } }],
  [
    "/chats/46/chat_messages/9/edit",
    {
      method: "POST",
      sent: { text: canaries.text() },
      body: { message: canaries.text(), data: { id: 9, text: canaries.text() } },
    },
  ],
  [
    "/chats",
    {
      method: "POST",
      sent: {
        send_from: line,
        chat: { phone_numbers: [recipient, canaries.number()], display_name: canaries.name() },
        message: {
          text: canaries.text(),
          idempotency_key: canaries.word(),
          attachment_urls: [canaries.url()],
          attachments: [canaries.url()],
        },
      },
      body: { data: { ...chat(), chat_messages: message() } },
    },
  ],
  ["/contacts", { body: { contacts: [contact()] } }],
  [`/contacts/find?email=${encodeURIComponent(canaries.email())}`, { body: contact() }],
  [
    "/contacts/3",
    {
      method: "PATCH",
      sent: { contact: { first_name: canaries.name() }, user_email: canaries.email() },
      body: { data: contact() },
    },
  ],
  [
    "/phone_numbers",
    {
      body: {
        phone_numbers: [
          {
            id: 1,
            phone_number: line,
            forwarding_number: canaries.number(),
            user: { id: 1, name: canaries.name(), email: canaries.email() },
          },
        ],
      },
    },
  ],
  [
    "/webhook_subscriptions",
    {
      method: "POST",
      sent: {
        webhook_subscription: { webhook_url: canaries.url(), events: ["message.sent"], version: 2, secret: canaries.word() },
      },
      body: {
        webhook_subscription: { id: 2, webhook_url: canaries.url(), events: [canaries.name()], secret: canaries.word() },
      },
    },
  ],
  [
    "/i_message_availability/check",
    { method: "POST", sent: { phone_number: canaries.number() }, body: { available: true, phone_number: canaries.number() } },
  ],
  [
    "/chats/46",
    {
      status: 502,
      body: `<html><title>${canaries.name()}</title><p>${canaries.number()} ${canaries.text()}</html>`,
      headers: { "content-type": `text/html; ${ROOT}` },
    },
  ],
  [
    "/chats/46",
    {
      status: 500,
      body: canaries.text(),
      headers: {
        "content-type": canaries.name(),
        "set-cookie": canaries.word(),
        location: canaries.url(),
        "x-request-id": canaries.number(),
      },
    },
  ],
  ...refusals().map((body) => ["/chats/46", { status: 422, body }] as const),
  ["/chats/46", { body: [canaries.name(), Number(canaries.number().slice(1))] }],
];
const exchanges = sketches.map(([path, sketch]) => anExchange(path, sketch));

/** Every text and number in an exchange's bodies. */
function valuesIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return value > 1e9 ? [`+${value}`] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [...(/^[a-z_]+$/.test(key) ? [] : [key]), ...valuesIn(child)]);
}

function everythingFound(): CheckOutcome[] {
  const quoted = [
    token,
    line,
    ...exchanges.flatMap(({ request, response }) => [request, response].flatMap(({ body }) => valuesIn(body))),
  ];
  const sentences = quoted.filter(isCanary).map((value) => `it says ${writtenInManyWays(value).join(" or ")} here`);
  return [
    ...sentences.map((reason, i) => {
      const asked = exchanges.slice(i % exchanges.length, (i % exchanges.length) + 1);
      return anOutcome({ id: `law-${i}`, law: i, verdict: "fail", reason, exchanges: asked });
    }),
    ...exchanges.flatMap((exchange, i) => {
      const key = `${canaries.name()} key`;
      const withKey = anExchange("/chats/46", { body: { data: { [key]: canaries.text() } } });
      const evidence = {
        what: `the answer to ${exchange.request.path}`,
        pointer: `/data/${key}/0`,
        expected: exchange.request.body,
        received: exchange.response.body,
      };
      const id = `shape-getChat-200-/data/${key}:added`;
      return (["fail", "contradicted", "added", "inconclusive", "skipped"] as const).map((verdict) =>
        aShape({
          id: `${id}${i}`,
          verdict,
          reason: `/data/${key} is unknown`,
          evidence,
          exchanges: [withKey, exchange],
          check: verdict === "fail" ? "law" : "shape",
        }),
      );
    }),
    anOutcome({
      verdict: "fail",
      known: {
        fingerprint: "law-7#12345678",
        reason: `told ${recipient} and ${exchanges[0]?.request.path}`,
        owner: canaries.email(),
        expires: "2026-12-31",
      },
      exchanges,
    }),
  ];
}

function isCanary(text: string): boolean {
  return text.toLowerCase().includes(ROOT) || canaries.numbers.some((number) => text.includes(number));
}

const outcomes = everythingFound();
const report: ContractReport = aReport({
  line,
  outcomes,
  exchanges: outcomes.flatMap((outcome) => outcome.exchanges),
  assumptions: exchanges.map((exchange) => ({
    id: "A-group",
    text: "`group` follows from who is in a chat now.",
    outcome: "contradicted",
    detail: `${exchange.request.path} says "${canaries.text()}" of ${recipient}`,
    exchanges: [exchange],
  })),
  differences: exchanges.map((exchange) => ({
    operation: exchange.operation,
    meaning: `it shows another ${canaries.number()}`,
    pointer: "/data/display_name",
    target: exchange.response.body,
    mock: canaries.name(),
    exchange,
  })),
  left: [
    {
      operation: "updatePhoneNumber",
      path: "/phone_numbers/1",
      undo: { method: "PUT", path: "/phone_numbers/1", body: { forwarding_number: canaries.number() } },
    },
    {
      operation: "createReaction",
      path: `/contacts/${canaries.name()}#love`,
      undo: { method: "DELETE", path: `/contacts/${canaries.name()}` },
    },
  ],
});

const options = { token, showValues: false };
const redaction = redactionFor(report, options);
const shown = jsonReport(report, { ...options, strict: true });

/** What of the canaries is in a text, with what stands around it. */
function leaks(text: string): string[] {
  const lower = text.toLowerCase();
  const digits = text.replaceAll(/[^\da-zA-Z]/g, "");
  const words = [ROOT, ...[token, Buffer.from(token).toString("base64")].map((written) => written.toLowerCase())];
  const found = words
    .filter((word) => lower.includes(word))
    .map((word) => text.slice(Math.max(0, lower.indexOf(word) - 80), lower.indexOf(word) + 40));
  return [
    ...found,
    ...canaries.numbers.filter((number) => digits.includes(number.slice(2)) || digits.includes(number.slice(-7))),
  ];
}

const formats: Readonly<Record<string, () => string>> = {
  ...Object.fromEntries(Object.entries(renderers).map(([format, render]) => [format, () => render(shown)])),
  terminal: () => renderTerminal(shown, { color: true, width: 60 }),
  commands: () => exchanges.map((exchange) => curl(exchange, report, redaction)).join("\n"),
  facts: () => JSON.stringify(observedFacts(report, options)),
  headers: () =>
    exchanges
      .flatMap(({ response }) =>
        Object.entries(response.headers).map(
          ([name, value]) => redactHeader(name, value, new Redactor({ replace: labels() })) ?? "",
        ),
      )
      .join("\n"),
  answers: () =>
    JSON.stringify([exchanges.map(({ request, response }) => [redaction.path(request.path), redaction.value(response.body)])]),
};

test("the report itself is full of canaries", () => {
  expect(leaks(JSON.stringify(report)).length).toBeGreaterThan(50);
});

test.each(Object.keys(formats))("nothing of anybody is in the report as %s", (format) => {
  const text = formats[format]?.() ?? "";
  expect(text.length).toBeGreaterThan(1_000 * Number(format !== "headers"));
  expect(leaks(text)).toEqual([]);
});

/** What the contract marks as a secret, be it by its look an id, a number, or words of the contract. */
const secrets = [
  ...[canaries.word(), `${canaries.word()}/+= "ü`, "9f1c7a52-3b0d-4e8e-9d55-0c6f2f7d1a10"],
  ...["12065550187", "message-webhook", "4711"],
];
const [first = "", second = "", third = "", ...others] = secrets;
const [cutOff, inQuery, inObject, recorded] = [canaries.word(), canaries.word(), canaries.word(), canaries.word()];

/** A report in which everything that could show a secret or the token does. */
function toldSecrets(): ContractReport {
  const base64 = (value: string): string[] =>
    (["base64", "base64url"] as const).flatMap((encoding) => {
      const encoded = Buffer.from(value).toString(encoding);
      return [encoded, encoded.replace(/=+$/, ""), encodeURIComponent(encoded)];
    });
  const quoted = [token, ...secrets].flatMap((value) => [...writtenInManyWays(value), ...base64(value)]);
  const subscription = { webhook_url: "https://hooks.example/a", secret: first };
  const asked = [
    anExchange("/webhook_subscriptions", {
      method: "POST",
      sent: { webhook_subscription: subscription },
      body: { webhook_subscription: { ...subscription, secret: second, note: `it was ${second}` }, [first]: token },
    }),
    anExchange("/chats", {
      method: "POST",
      sent: { message: { text: second, idempotency_key: third } },
      body: { meta: others },
    }),
    ...others.map((secret) =>
      anExchange("/chats/46", { body: { data: { deep: [{ secret }] }, error: `${secret}, or ${token}` } }),
    ),
    anExchange("/chats/46", { status: 502, body: `{"webhook_subscription": {"secret": "${cutOff}", "id` }),
    anExchange(`/webhook_subscriptions?secret=${inQuery}&x=${encodeURIComponent(first)}#${encodeURIComponent(token)}`),
    anExchange(`/contacts/${Buffer.from(token).toString("base64url")}`, { body: [[{ secret: { old: inObject } }], inObject] }),
  ];
  const evidence = {
    what: `${first} and ${token}`,
    pointer: `/data/${first}`,
    expected: [second, token],
    received: { secret: first },
  };
  const outcomes = [
    ...quoted.map((text, i) => {
      const reason = `${line} says ${text}, and "${text}"`;
      return anOutcome({ id: `${text}-${i}`, law: i, title: text, verdict: "fail", reason, evidence, exchanges: asked });
    }),
    ...asked.map((exchange) =>
      aShape({ verdict: "added", reason: `/data/${first} is unknown`, evidence, exchanges: [exchange] }),
    ),
  ];
  return aReport({
    line,
    outcomes,
    exchanges: asked,
    tokens: [recorded],
    assumptions: [{ id: "A-group", text: "x", outcome: "contradicted", detail: quoted.join(" "), exchanges: asked }],
    differences: asked.map((exchange) => ({
      ...{ operation: exchange.operation, meaning: `it shows ${recorded}`, pointer: `/${first}` },
      ...{ target: exchange.response.body, mock: exchange.request.body, exchange },
    })),
    left: [
      { operation: "createWebhookSubscription", path: `/x/${token}`, undo: { method: "DELETE", path: `/x?secret=${second}` } },
    ],
  });
}

describe.each([true, false])("tokens and secrets are in no report, whether private values are shown: %s", (showValues) => {
  const told = toldSecrets();
  const json = jsonReport(told, { token, strict: true, showValues });
  const hidden = [token, cutOff, inQuery, inObject, recorded, ...secrets].flatMap((value) => {
    const inBase64 = Buffer.from(value).toString("base64").replace(/=+$/, "");
    return [...writtenInManyWays(value), inBase64, inBase64.replaceAll("+", "-").replaceAll("/", "_")];
  });

  test.each([...Object.keys(renderers), "terminal"] as (keyof typeof renderers | "terminal")[])("as %s", (format) => {
    const text = format === "terminal" ? renderTerminal(json, { color: false, width: 10_000 }) : renderers[format](json);
    const lower = text.toLowerCase();
    expect(hidden.filter((value) => new RegExp(`(?<![\\p{L}\\d])${escaped(value)}(?![\\p{L}\\d])`, "u").test(lower))).toEqual(
      [],
    );
    expect(text).toContain(" says token, and ");
    expect(text).toMatch(showValues ? /rivate values are shown|values(?:": |" value=)"shown"/ : /^(?!.*values are shown)/s);
    expect(text.includes(line)).toBe(showValues);
  });
});

function escaped(value: string): string {
  return value.toLowerCase().replace(/[$()*+.?[\\\]^{|}]/g, "\\$&");
}
