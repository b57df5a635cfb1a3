import { connect } from "node:net";

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

export interface SocketRequest {
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
    socket.on("close", () => resolve({ ...parsed(text), ended, pieces }));
    socket.write(`${head.join("\r\n")}\r\n\r\n${sent}`);
  });
}

function parsed(text: string): Pick<SocketAnswer, "status" | "headers" | "body"> {
  const [head = "", ...rest] = text.split("\r\n\r\n");
  const [first = "", ...lines] = head.split("\r\n");
  const headers = lines.map((line) => line.split(/: (.*)/)).map(([name = "", value = ""]) => [name.toLowerCase(), value]);
  return { status: Number(first.split(" ")[1] ?? 0), headers: Object.fromEntries(headers), body: rest.join("\r\n\r\n") };
}
