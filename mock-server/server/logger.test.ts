import { createLogger, type LogLevel, type RequestEntry } from "./logger";

const entry: RequestEntry = {
  requestId: "req-1",
  method: "GET",
  url: "/chats/1?a=b",
  status: 200,
  ms: 1.234,
  operation: "getChat",
  sandbox: "default",
  reason: undefined,
  hint: undefined,
  fault: undefined,
};

/** What a logger of this level writes to stderr. */
function written(level: LogLevel, use: (log: ReturnType<typeof createLogger>) => void): string {
  const write = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  try {
    const log = createLogger(level);
    use(log);
    log.flush();
    return write.mock.calls.map(([chunk]) => String(chunk)).join("");
  } finally {
    write.mockRestore();
  }
}

test("a request is one line", () => {
  expect(written("info", (log) => log.request(entry))).toBe("GET /chats/1 200 1.2 ms getChat req-1\n");
});

test("it says why it was refused, and in which sandbox", () => {
  const line = written("info", (log) => log.request({ ...entry, status: 404, sandbox: "one", reason: "Chat not found" }));
  expect(line).toBe("GET /chats/1 404 1.2 ms getChat req-1 sandbox: one reason: Chat not found\n");
});

test("the query is shown at debug only", () => {
  expect(written("debug", (log) => log.request(entry))).toBe("GET /chats/1?a=b 200 1.2 ms getChat req-1\n");
});

test("the hint is at its end, and a route that is none has a dash", () => {
  const line = written("info", (log) => log.request({ ...entry, status: 404, operation: undefined, hint: "Look there." }));
  expect(line).toBe("GET /chats/1 404 1.2 ms - req-1 hint: Look there.\n");
});

test.each([
  ["silent", ""],
  ["error", "500\n"],
  ["warn", "404\n500\n"],
  ["info", "200\n404\n500\n"],
  ["debug", "200\n404\n500\n"],
] as const)("the level %s decides which requests are logged", (level, statuses) => {
  const log = written(level, (logger) => [200, 404, 500].map((status) => logger.request({ ...entry, status })));
  expect(log.replaceAll(/^\S+ \S+ (\d+) .*$/gm, "$1")).toBe(statuses);
});

test("lines of one turn of the event loop are one write", async () => {
  const write = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  const log = createLogger("info");
  log.request(entry);
  log.request(entry);
  await new Promise((resolve) => setImmediate(resolve));
  expect(write).toHaveBeenCalledTimes(1);
  write.mockRestore();
});
