import { readFileSync } from "node:fs";
import { startMockServer } from "../server/start-mock-server";
import { ask, CLOCK, pin, type Received, readable, startReceiver, WORLD } from "./golden";

/* What the mock's own API answers: one call after the other, some of them in a sandbox. */

const API = "/api/partner/v2";
const LINE = "+12052761148";
const ANN = "+12055550101";
const SINCE = "since=2025-12-05T14:00:00-06:00";

type Call = readonly [request: string, body?: unknown, headers?: Readonly<Record<string, string>>];

const calls = (receiver: string): readonly Call[] => [
  ["GET /__mock/health"],
  ["GET /__mock/state"],
  ["GET /__mock/clock"],
  ["GET /__mock/requests"],
  ["GET /__mock/deliveries"],
  ["GET /__mock/advice"],
  ["GET /__mock/faults"],
  ["GET /__mock/snapshots"],
  ["GET /__mock/sandboxes"],
  ["PUT /__mock/snapshots/before"],
  [
    `POST ${API}/webhook_subscriptions`,
    {
      webhook_subscription: {
        ...{ webhook_url: `${receiver}/hook`, version: 2, secret: "s3cret" },
        events: ["message.sent", "message.received", "call.completed"],
      },
    },
  ],
  ["POST /__mock/simulate/message", { chat: 1, text: "Here" }],
  ["POST /__mock/simulate/message", { line: LINE, from: "+12055550188", participants: [ANN], text: "Both of us" }],
  [
    "POST /__mock/simulate/message",
    { chat: 1, attachments: [{ filename: "note.txt", content_base64: "YWJj" }, { url: "https://files.example.com/a.png" }] },
  ],
  ["POST /__mock/simulate/message", { chat: 3, text: "Who?" }],
  ["POST /__mock/simulate/message", { chat: 999, text: "Where?" }],
  ["POST /__mock/simulate/message", { chat: 1 }],
  ["POST /__mock/simulate/message", { text: "Where?" }],
  ["POST /__mock/simulate/message", { chat: 1, text: "x", form: ANN }],
  ["POST /__mock/simulate/typing", { chat: 1 }],
  ["POST /__mock/simulate/typing", { chat: 1, typing: false }],
  ["POST /__mock/simulate/typing", { chat: 1, from: "+12055550199" }],
  ["POST /__mock/simulate/reaction", { message: 2, type: "laugh" }],
  ["POST /__mock/simulate/reaction", { message: 2, type: "laugh", operation: "remove" }],
  ["POST /__mock/simulate/reaction", { message: 2, type: "heart" }],
  ["POST /__mock/simulate/reaction", { message: 999, type: "love" }],
  ["POST /__mock/simulate/read", { chat: 1 }],
  ["POST /__mock/simulate/read", {}],
  ["POST /__mock/simulate/participant_added", { chat: 2, participant: "+12055550177" }],
  ["POST /__mock/simulate/participant_added", { chat: 2, participant: "+12055550177" }],
  ["POST /__mock/simulate/participant_removed", { chat: 2, participant: ANN }],
  ["POST /__mock/simulate/participant_removed", { chat: 2, participant: ANN }],
  ["POST /__mock/simulate/call", { line: LINE, with: ANN, duration_s: 90 }],
  ["POST /__mock/simulate/call", { line: "+12055550100", with: ANN }],
  ["POST /__mock/simulate/nothing", {}],
  ["PUT /__mock/clock", { advance_ms: 61_000 }],
  ["PUT /__mock/clock", { advance_ms: -1 }],
  ["PUT /__mock/clock", { freeze: "noon" }],
  ["PUT /__mock/clock", { freeze: "2025-12-06T12:00:00Z" }],
  ["PUT /__mock/clock", {}],
  ["GET /__mock/deliveries"],
  ["GET /__mock/deliveries?event=call.completed"],
  ["GET /__mock/deliveries?status=sent"],
  ["GET /__mock/deliveries/wait?event=message.received&count=2&timeout_ms=10"],
  ["GET /__mock/deliveries/wait?event=message.sent&timeout_ms=10"],
  ["POST /__mock/deliveries/1/redeliver"],
  ["POST /__mock/deliveries/999/redeliver"],
  [`POST ${API}/chats/1/chat_messages`, { message: { text: "Twice" } }],
  [`POST ${API}/chats/1/chat_messages`, { message: { text: "Twice" } }],
  [`GET ${API}/chats/find?phone_number=+12052761148&phone_numbers[]=+12055550101`],
  [`GET ${API}/chats/999`],
  [`POST ${API}/contacts`, "{broken", { "Content-Type": "application/json" }],
  ["GET /__mock/requests"],
  ["GET /__mock/requests?status=4xx"],
  [`GET /__mock/requests?operation=sendMessage&${SINCE}&limit=1`],
  ["GET /__mock/requests?operation=sendMesage"],
  ["GET /__mock/requests?limit=0"],
  ["GET /__mock/requests/wait?operation=sendMessage&count=2&timeout_ms=10"],
  ["GET /__mock/requests/wait?operation=deleteContact&timeout_ms=10"],
  ["GET /__mock/requests/wait?operation=sendMessage&status=422&count=3&timeout_ms=10"],
  ["GET /__mock/advice"],
  ["DELETE /__mock/requests"],
  ["GET /__mock/requests"],
  ["POST /__mock/faults", { fault: "status", status: 503, operation: "getChat", first: 1 }],
  ["POST /__mock/faults", { fault: "webhook-drop", name: "lost", event: "message.received", participant: "Ann Archer" }],
  ["POST /__mock/faults", { profile: "flapping-webhooks" }],
  ["POST /__mock/faults", { fault: "latency" }],
  ["POST /__mock/faults", { profile: "carier-slow" }],
  ["POST /__mock/faults", { fault: "status", status: 503, operation: "getChats" }],
  [`GET ${API}/chats/1`],
  [`GET ${API}/chats/1`],
  ["POST /__mock/simulate/message", { chat: 1, text: "Lost" }],
  ["GET /__mock/faults"],
  ["GET /__mock/health"],
  ["DELETE /__mock/faults/lost"],
  ["DELETE /__mock/faults/lost"],
  ["PUT /__mock/faults", { faults: ["rate-limited", { fault: "drip", ms: 5 }] }],
  ["PUT /__mock/faults", { faults: [{ fault: "drip" }, { fault: "dripp" }] }],
  ["PUT /__mock/faults", {}],
  ["DELETE /__mock/faults"],
  ["GET /__mock/state"],
  ["PUT /__mock/snapshots/after"],
  ["GET /__mock/snapshots"],
  ["PUT /__mock/snapshots/a.b%20c"],
  ["POST /__mock/snapshots/before/restore"],
  ["POST /__mock/snapshots/nothing/restore"],
  ["GET /__mock/clock"],
  ["DELETE /__mock/snapshots/after"],
  ["DELETE /__mock/snapshots/after"],
  ["PUT /__mock/fixtures", { version: 1, lines: ["+12055550100"] }],
  ["GET /__mock/state"],
  [
    "PUT /__mock/fixtures",
    'version: 1\nlines: ["+12055550100"]\ncontacts: [{ first_name: Ann }]\n',
    { "Content-Type": "application/yaml" },
  ],
  ["PUT /__mock/fixtures", { version: 1, lines: [12055550100], contacts: [{ frist_name: "Ann" }] }],
  ["PUT /__mock/fixtures", { version: 2 }],
  ["PUT /__mock/fixtures", readFileSync(WORLD, "utf8"), { "Content-Type": "application/yaml" }],
  ["PUT /__mock/fixtures", "{broken", { "Content-Type": "application/json" }],
  ["PUT /__mock/fixtures", "version: [", { "Content-Type": "application/yaml" }],
  ["PUT /__mock/fixtures", "text", { "Content-Type": "text/plain" }],
  ["POST /s/qa/__mock/simulate/message", { chat: 1, text: "Only here" }],
  ["GET /s/qa/__mock/state"],
  ["GET /__mock/sandboxes"],
  ["DELETE /__mock/sandboxes/qa"],
  ["DELETE /__mock/sandboxes/qa"],
  ["DELETE /__mock/sandboxes/default"],
  ["POST /__mock/reset"],
  ["GET /__mock/state"],
  ["GET /__mock/health"],
  ["GET /__mock/nothing"],
  ["GET /__mock"],
  ["POST /__mock/health", {}],
  ["GET /__mock/healht"],
  ["PUT /__mock/clock", "{broken", { "Content-Type": "application/json" }],
  ["PUT /__mock/clock", "text", { "Content-Type": "text/plain" }],
  ["PUT /__mock/clock"],
  ["GET /__mock/health", undefined, { Origin: "https://evil.example" }],
  ["GET /__mock/health", undefined, { Host: "evil.example" }],
  ["GET /__mock/openapi.json"],
];

/** What is another each time: measured times, the age and version of the process, the port of the receiver. */
function withoutChance({ body, ...answer }: Received, receiver: string): object {
  const still = body
    .replace(/"ms":[\d.e-]+/g, '"ms":0')
    .replace(/"uptime_ms":\d+/, '"uptime_ms":0')
    .replace(/"version":"[\d.]+"/, '"version":"VERSION"')
    .replaceAll(receiver, "http://RECEIVER");
  const { headers: { "Content-Length": _, ...headers } = {} } = answer;
  return { ...answer, headers: still === body ? answer.headers : headers, body: readable(still) };
}

pin("control.json", async () => {
  const [mock, receiver] = await Promise.all([startMockServer({ fixtures: WORLD, clock: CLOCK, seed: 7 }), startReceiver()]);
  const entries: Record<string, unknown> = {};
  try {
    for (const [i, [request, body, headers]] of calls(receiver.url).entries()) {
      const [method = "", path = ""] = request.split(" ");
      const type = body === undefined || typeof body === "string" ? {} : { "Content-Type": "application/json" };
      const sent = { "X-LINQ-INTEGRATION-TOKEN": "any", ...type, ...headers };
      const answer = await ask(mock.url, method, path, { body, headers: sent });
      entries[`${String(i + 1).padStart(3, "0")} ${request}`] = withoutChance(answer, receiver.url);
      if (!path.includes("/clock"))
        await ask(mock.url, "PUT", "/__mock/clock", {
          body: { advance_ms: 0 },
          headers: { "Content-Type": "application/json" },
        });
    }
  } finally {
    await mock.stop();
    await receiver.stop();
  }
  return entries;
});

pin("control-token.json", async () => {
  const mock = await startMockServer({ fixtures: WORLD, clock: CLOCK, seed: 7, controlToken: "key" });
  const entries: Record<string, unknown> = {};
  try {
    for (const Authorization of ["Bearer key", "Bearer wrong", "key", ""])
      entries[Authorization] = withoutChance(
        await ask(mock.url, "GET", "/__mock/clock", { headers: { Authorization } }),
        mock.url,
      );
  } finally {
    await mock.stop();
  }
  return entries;
});

/** The first that is told of a change, as it is streamed. */
pin("control-events.json", async () => {
  const mock = await startMockServer({ fixtures: WORLD, clock: CLOCK, seed: 7 });
  const stream = await fetch(`${mock.url}/__mock/events`);
  const json = { "Content-Type": "application/json" };
  for (const [path, body] of [
    ["/__mock/simulate/typing", { chat: 1 }],
    ["/__mock/simulate/message", { chat: 1, text: "Here" }],
    [`${API}/contacts`, { contact: { first_name: "Eve" } }],
    [`${API}/chats/1/chat_messages/2/edit`, { text: "Hello!" }],
  ] as const)
    await ask(mock.url, "POST", path, { body, headers: { "X-LINQ-INTEGRATION-TOKEN": "any", ...json } });
  await ask(mock.url, "POST", "/__mock/reset");
  await mock.stop();
  const text = (await stream.text())
    .replace(/"ms":[\d.]+/g, '"ms":0')
    .replace(/"version":"[\d.]+"/, '"version":"VERSION"')
    .replace(/^id: [\da-f]{8}-/gm, "id: START-")
    .replace(/"start":"[\da-f]{8}"/, '"start":"START"');
  return { type: stream.headers.get("Content-Type"), status: stream.status, events: text.split("\n") };
});
