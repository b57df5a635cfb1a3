import { createApp } from "../index";
import { startMockServer } from "./start-mock-server";

test.each([
  [{ fixture: "x" }, "linq-mock has no option fixture; did you mean fixtures?"],
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
  [{ port: 70_000 }, "linq-mock: the option port must be a number from 0 to 65535"],
  [{ fixtures: 7 }, "linq-mock: the option fixtures must be a path or a fixture document, or an array of them"],
  [{ fixtures: [] }, "linq-mock: the option fixtures must be a path or a fixture document, or an array of them"],
  [{ clock: "noon" }, 'A clock is real, or a time such as 2025-05-21T15:30:00-05:00, not "noon"'],
])("%j is refused by name", (options, message) => {
  expect(() => createApp(options as never)).toThrow(message);
});

test("options that are good, or undefined, pass", () => {
  expect(() =>
    createApp({ tokens: ["a"], cors: ["off"], clock: "2025-05-21T15:30:00-05:00", log: "silent", jsonLog: false }),
  ).not.toThrow();
  expect(() => createApp({ fixtures: undefined } as never)).not.toThrow();
});

test.each([{ allowHosts: "app.test" }, { allowHosts: 5 }, { host: 5 }, { port: "80" }])(
  "a server does not start with %j",
  async (options) => {
    await expect(startMockServer(options as never)).rejects.toThrow(/^linq-mock: the option \w+ must be /);
  },
);
