/**
 * A test file of a user, as a process of its own: works in one sandbox of a server, and requires that it sees nothing but its own.
 * Arguments: the server's URL and the name of the sandbox.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";

const [, , serverUrl, name] = process.argv;
const ROUNDS = 25;
const seen = [];

const receiver = createServer(async (req, res) => {
  let raw = "";
  for await (const chunk of req) raw += chunk;
  seen.push(JSON.parse(raw).data.text);
  res.end();
}).listen(0, "127.0.0.1");
await once(receiver, "listening");

const call = async (method, path, body) => {
  const response = await fetch(`${serverUrl}${path}`, {
    method,
    headers: { "X-LINQ-INTEGRATION-TOKEN": `sandbox-${name}`, "Content-Type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path} answered ${response.status}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
};
const api = (method, path, body) => call(method, `/api/partner/v2${path}`, body);

const webhook_url = `http://127.0.0.1:${receiver.address().port}/`;
await api("POST", "/webhook_subscriptions", {
  webhook_subscription: { webhook_url, events: ["message.sent", "message.received"], version: 2 },
});
for (let round = 0; round < ROUNDS; round += 1) {
  const text = `${name} ${round}`;
  await api("POST", "/chats/1/chat_messages", { message: { text, idempotency_key: `same-for-all-${round}` } });
  await call("POST", `/s/${name}/__mock/simulate/message`, { chat: 1, text: `${text}, too` });
  const { data } = await api("GET", "/chats/1/chat_messages?per_page=100");
  assert.equal(data.length, 1 + 2 * (round + 1));
  assert.ok(data.slice(1).every((message) => message.text.startsWith(name)));
}
await call("GET", `/s/${name}/__mock/deliveries/wait?count=${2 * ROUNDS}&timeout_ms=20000`);
assert.deepEqual(seen, Array.from({ length: ROUNDS }, (_, round) => [`${name} ${round}`, `${name} ${round}, too`]).flat());
receiver.closeAllConnections();
receiver.close();
