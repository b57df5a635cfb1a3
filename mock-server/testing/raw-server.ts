import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** Answers the head of a request on a socket; `count` counts requests from 1. */
export type RawAnswer = (socket: Socket, head: string, count: number) => void;

/** A server that says what it is told to, be it HTTP or not. */
export class RawServer {
  /** The heads of requests, as they came. */
  readonly heads: string[] = [];
  answer: RawAnswer;
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((socket) => {
    this.#sockets.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => this.#sockets.delete(socket));
    let held = "";
    socket.on("data", (bytes) => {
      held += bytes.toString("latin1");
      for (let end = held.indexOf("\r\n\r\n"); end >= 0; end = held.indexOf("\r\n\r\n")) {
        const head = held.slice(0, end);
        held = held.slice(end + 4);
        this.heads.push(head);
        this.answer(socket, head, this.heads.length);
      }
    });
  });

  constructor(answer: RawAnswer) {
    this.answer = answer;
  }

  async start(): Promise<this> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }
}

/** The bytes of an answer. */
export function rawAnswer(body: string | Buffer, headers: readonly string[] = [], status = "200 OK", version = "1.1"): Buffer {
  const bytes = Buffer.from(body);
  const head = [`HTTP/${version} ${status}`, "Content-Type: application/json", `Content-Length: ${bytes.length}`, ...headers];
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), bytes]);
}
