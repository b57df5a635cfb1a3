import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { ASSUMPTION_HEADER, watched } from "./named-assumptions";

const hasIPv6 = Object.values(networkInterfaces()).some((each) => each?.some(({ address }) => address === "::1"));

/** The addresses that `localhost` may be on this machine. */
export const LOOPBACKS: readonly string[] = hasIPv6 ? ["127.0.0.1", "::1"] : ["127.0.0.1"];

/** Answers the head of a request on a socket; `count` counts requests from 1. */
type RawAnswer = (socket: Socket, head: string, count: number) => void;

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

/** What came over a connection of its own. */
export interface SocketAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether the connection ended in order, or was reset. */
  readonly ended: "closed" | "reset";
  /** In how many pieces it came. */
  readonly pieces: number;
}

interface SocketRequest {
  readonly method?: string;
  /** Below the API's prefix. */
  readonly path: string;
  readonly body?: object;
}

/** Calls the API from a bare socket, and says what came over it. The answer need not be whole, nor HTTP. */
export function socketCall(url: string, { method = "GET", path, body }: SocketRequest): Promise<SocketAnswer> {
  const { hostname, port, pathname } = new URL(url);
  const sent = body === undefined ? "" : JSON.stringify(body);
  const head = [
    `${method} ${pathname.replace(/\/$/, "")}/api/partner/v2${path} HTTP/1.1`,
    `Host: localhost:${port}`,
    "X-LINQ-INTEGRATION-TOKEN: test",
    "Connection: close",
    ...(body === undefined ? [] : ["Content-Type: application/json", `Content-Length: ${Buffer.byteLength(sent)}`]),
  ];
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let text = "";
    let pieces = 0;
    let ended: SocketAnswer["ended"] = "closed";
    socket.on("data", (data: Buffer) => {
      text += data.toString("utf8");
      pieces += 1;
    });
    socket.on("error", () => {
      ended = "reset";
    });
    socket.on("close", () => {
      const answer = { ...parsed(text), ended, pieces };
      resolve(watched(answer, ["status", "body"], `${method} ${path}`, answer.headers[ASSUMPTION_HEADER]));
    });
    socket.write(`${head.join("\r\n")}\r\n\r\n${sent}`);
  });
}

function parsed(text: string): Pick<SocketAnswer, "status" | "headers" | "body"> {
  const [head = "", ...rest] = text.split("\r\n\r\n");
  const [first = "", ...lines] = head.split("\r\n");
  const headers = lines.map((line) => line.split(/: (.*)/)).map(([name = "", value = ""]) => [name.toLowerCase(), value]);
  return { status: Number(first.split(" ")[1] ?? 0), headers: Object.fromEntries(headers), body: rest.join("\r\n\r\n") };
}
