import { request } from "node:http";
import type { Send } from "./control-connection";
import { SandboxClient } from "./sandbox-client";

/** A {@link SandboxClient} in Node: it needs no `fetch`, which jsdom does not have and tests replace. */
export class TestSandbox extends SandboxClient {
  constructor(serverUrl: string, name: string, controlToken?: string) {
    super(sendByHttp, serverUrl, name, controlToken);
  }
}

export const sendByHttp: Send = (url, { method, headers, body }) =>
  new Promise((resolve, reject) => {
    const length = body !== undefined && { "Content-Length": Buffer.byteLength(body) };
    const sent = request(url, { method, headers: { ...length, ...headers }, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
