import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { createApp } from "./index";
import { supertest } from "./testing/supertest";
import { smallWorld } from "./testing/worlds";

// Asserted here, too: A-delivery, A-attachment-limit.

/* The mock in a larger app, below a path of its own. */

const app = express().use("/linq", createApp({ fixtures: smallWorld }));
const TOKEN = { "X-LINQ-INTEGRATION-TOKEN": "test" };

test.each(["/linq", "/linq/s/box"])("below %s an upload is served where its attachment says", async (base) => {
  const sent = await supertest(app)
    .post(`${base}/api/partner/v2/chats/1/chat_messages`)
    .set(TOKEN)
    .field("message[text]", "Here")
    .attach("message[attachments][]", Buffer.from("hello"), "a.txt");
  expect(sent.status).toBe(201);
  const { pathname } = new URL(sent.body.data.attachments[0].url);
  expect(pathname.startsWith(`${base}/attachments/`)).toBe(true);
  expect(await supertest(app).get(pathname)).toMatchObject({ status: 200, text: "hello" });
});

test("the journal has the vendor's path, and what /__mock refuses is in its own shape", async () => {
  await supertest(app).get("/linq/s/box/api/partner/v2/chats/1?x=1").set(TOKEN);
  const { body } = await supertest(app).get("/linq/s/box/__mock/requests?limit=1");
  expect(body.requests).toMatchObject([{ path: "/api/partner/v2/chats/1", query: "x=1" }]);
  const refused = await supertest(app).get("/linq/__mock/health").set("Host", "evil.example");
  expect(refused.body).toMatchObject({ error: { code: "refused" } });
});

test("its own receiver is where the request came to", async () => {
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/linq/__mock`;
  try {
    const { body } = await supertest(base).post("/receiver").send({});
    expect(body.receiver.url).toBe(`${base}/receiver/hook`);
    await supertest(base).post("/simulate/message").send({ chat: 1, text: "Hi" });
    await supertest(base).get("/deliveries/wait?event=message.received");
    const got = await supertest(base).get("/receiver");
    expect(got.body.received).toMatchObject([{ event: "message.received", verified: true }]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
