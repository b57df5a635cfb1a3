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
    const lines = write.mock.calls.map(([chunk]) => String(chunk)).join("");
    expect(lines).toMatch(/^(?:\d\d:\d\d:\d\d\.\d{3} .*\n)*$/);
    return lines.replaceAll(/^\S+ /gm, "");
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

test("the hint and where the inbox shows it are at its end, and a route that is none has a dash", () => {
  const line = written("info", (log) =>
    log.request({ ...entry, status: 404, operation: undefined, hint: "Look there.", page: "http://x/#/" }),
  );
  expect(line).toBe("GET /chats/1 404 1.2 ms - req-1 hint: Look there. http://x/#/\n");
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

test("a terminal has colours by how it went, nothing else has", () => {
  const failed = { ...entry, status: 503, hint: "Look there." };
  const asTerminal = Object.assign(process.stderr, { hasColors: () => true });
  try {
    const [fine = "", wrong = ""] = ((): string[] => {
      const write = jest.spyOn(process.stderr, "write").mockReturnValue(true);
      const log = createLogger("info");
      for (const one of [entry, failed]) log.request(one);
      log.flush();
      const said = String(write.mock.calls[0]?.[0]).replaceAll("\u001b", "ESC").split("\n");
      write.mockRestore();
      return said;
    })();
    expect(fine).toMatch(/^ESC\[2m\d\d:\d\d:\d\d\.\d{3}ESC\[0m GET \/chats\/1 ESC\[32m200ESC\[0m 1\.2 ms getChat req-1$/);
    expect(wrong).toMatch(/ESC\[31m503ESC\[0m .* ESC\[36mhint: Look there\.ESC\[0m$/);
  } finally {
    Reflect.deleteProperty(asTerminal, "hasColors");
  }
  expect(written("info", (log) => log.request(failed))).not.toContain("\u001b");
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
