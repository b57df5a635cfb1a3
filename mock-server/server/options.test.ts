import { createApp } from "../index";
import { createLocalMock } from "./create-app";
import { startMockServer } from "./start-mock-server";

test.each([
  [{ fixture: "x" }, "linq-mock has no option fixture; did you mean fixtures?"],
  [{ sandbox: true }, "linq-mock has no option sandbox; --sandbox is the option vendorSandbox"],
  [{ profile: "flaky" }, "linq-mock has no option profile; --profile is the option faults"],
  [{ nonsense: 1 }, "linq-mock has no option nonsense"],
  [{ tokens: "abc" }, "linq-mock: the option tokens must be an array of tokens, none of them blank"],
  [{ tokens: [""] }, "linq-mock: the option tokens must be an array of tokens, none of them blank"],
  [{ cors: "http://a.example" }, "linq-mock: the option cors must be an array of origins, such as https://app.example:8443"],
  [
    { cors: ["https://app.example/"] },
    "linq-mock: the option cors must be an array of origins, such as https://app.example:8443",
  ],
  [{ constructor: 1 }, "linq-mock has no option constructor"],
  [{ log: "loud" }, "linq-mock: the option log must be one of silent, error, warn, info, debug"],
  [{ controlToken: "" }, "linq-mock: the option controlToken must be a token that is not blank"],
  [{ fixtures: 7 }, "linq-mock: the option fixtures must be a path or a fixture document, or an array of them"],
  [{ fixtures: [] }, "linq-mock: the option fixtures must be a path or a fixture document, or an array of them"],
  [{ clock: new Date("noon") }, 'linq-mock: the option clock must be "real", an ISO 8601 time or a Date'],
  [{ port: 3 }, "linq-mock: createApp has no option port; startMockServer has, and listens itself"],
  [{ faults: ["latency ms=3"] }, 'it is "latency ms=3"; a rule of your own is an object, such as { fault: latency, ms: 3000 }'],
  [4396, "linq-mock: options are an object, such as { port: 4396 }, not 4396"],
  ["default", 'linq-mock: options are an object, such as { fixtures }, not "default"'],
  [{ clock: "noon" }, 'A clock is real, or a time such as 2025-05-21T15:30:00-05:00, not "noon"'],
])("%j is refused by name", (options, message) => {
  expect(() => createApp(options as never)).toThrow(message);
});

test("a clock that is set before the data is warned of", () => {
  const write = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  createLocalMock({ clock: "2024-03-01T00:00:00Z", log: "warn" }).log.flush();
  createLocalMock({ clock: new Date("2026-03-01T00:00:00Z"), log: "warn" }).log.flush();
  const written = write.mock.calls.map(([text]) => text);
  write.mockRestore();
  expect(written).toEqual([
    expect.stringContaining(
      "clock: At 2024-02-29T18:00:00.000-06:00, messages of the data are yet to come: the newest is of 2025-",
    ),
  ]);
});

test("options that are good, or undefined, pass", () => {
  expect(() =>
    createApp({ tokens: ["a"], cors: ["off"], clock: "2025-05-21T15:30:00-05:00", log: "silent", jsonLog: false }),
  ).not.toThrow();
  expect(() => createApp({ fixtures: undefined } as never)).not.toThrow();
});

test.each([{ allowHosts: "app.test" }, { allowHosts: 5 }, { host: 5 }, { port: "80" }, { port: 70_000 }])(
  "a server does not start with %j",
  async (options) => {
    await expect(startMockServer(options as never)).rejects.toThrow(/^linq-mock: the option \w+ must be /);
  },
);
