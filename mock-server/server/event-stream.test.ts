import { once } from "node:events";
import { createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Response } from "express";
import { Memory } from "../world/memory-limits";
import { streamChanges } from "./event-stream";

test("a stream has a heartbeat, which is a comment", async () => {
  const server = createServer((_, res) => {
    const stream = { status: 200, open: () => () => {} } as const;
    streamChanges(res as Response, stream, new Memory(1_000_000), 1);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const request = get(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const [response] = (await once(request, "response")) as [IncomingMessage];
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) {
    text += chunk;
    if (text.split("\n\n").length > 3) break;
  }
  server.close();
  expect(text).toMatch(/^(: still here\n\n)+/);
});
