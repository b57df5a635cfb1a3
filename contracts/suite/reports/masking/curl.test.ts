import { execFileSync } from "node:child_process";
import type { RecordedExchange } from "../../report";
import { Mask } from "../mask";
import { aReport, LINE } from "../testing/a-report";
import { anExchange } from "../testing/an-exchange";
import { anOutcome } from "../testing/an-outcome";

const FRIEND = "+12055426109";
const FIND = "/chats/find?phone_number=%2B12052761148&phone_numbers%5B%5D=%2B12055426109";

function maskOf(exchange: RecordedExchange): Mask {
  return new Mask(aReport({ outcomes: [anOutcome({ verdict: "fail", exchanges: [exchange] })] }));
}

/** What a shell that knows the values passes to curl. */
function argumentsOf(command: string, variables: Readonly<Record<string, string>> = {}): string[] {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${command}`;
  const output = execFileSync("/bin/sh", ["-c", script], {
    env: { PATH: process.env["PATH"], ...variables },
    encoding: "utf8",
  });
  return output.split("\0").slice(0, -1);
}

test("a read is asked again with the numbers as variables", () => {
  const find = anExchange(FIND);
  expect(maskOf(find).curl(find)).toBe(
    `curl -g "$BASE/api/partner/v2/chats/find?phone_number=%2B\${LINE#+}&phone_numbers%5B%5D=%2B\${NUMBER_1#+}"` +
      ' -H "X-LINQ-INTEGRATION-TOKEN: $LINQ_TOKEN"',
  );
});

test("a shell that knows the values asks for the very same path", () => {
  const paths = [
    FIND,
    "/chats/find?phone_number=2052761148&phone_numbers%5B%5D=12055426109",
    "/chats/find?phone_number=%28205%29%20276-1148&phone_numbers%5B%5D=205.542.6109",
    "/chats?phone_number=+12055426109&page=2",
    "/chats/46/chat_messages?after=2025-05-21T15%3A30%3A00.000-05%3A00&sort=desc",
  ];
  for (const path of paths) {
    const exchange = anExchange(path);
    const variables = { BASE: "https://x.example", LINE, NUMBER_1: FRIEND, LINQ_TOKEN: "t" };
    expect(argumentsOf(maskOf(exchange).curl(exchange), variables)).toEqual([
      "-g",
      `https://x.example/api/partner/v2${path}`,
      "-H",
      "X-LINQ-INTEGRATION-TOKEN: t",
    ]);
  }
});

test("a shell that knows the values sends the very same body", () => {
  const sent = {
    send_from: "2052761148",
    chat: { phone_numbers: [FRIEND, "(205) 542-6109", "somebody@example.com"] },
    message: { text: 'It\'s "me" & $HOME `id` \\ 1/2', idempotency_key: "key-9" },
  };
  const exchange = anExchange("/chats", { method: "POST", sent });
  const mask = maskOf(exchange);
  const variables = {
    LINE,
    NUMBER_1: FRIEND,
    EMAIL_1: "somebody@example.com",
    TEXT_1: JSON.stringify(sent.message.text).slice(1, -1),
    KEY_1: "key-9",
  };
  const words = argumentsOf(mask.curl(exchange), variables);
  expect(words.slice(0, 3)).toEqual(["-g", "-X", "POST"]);
  expect(words).toContain("Content-Type: application/json");
  expect(JSON.parse(words.at(-1) ?? "")).toEqual(sent);
  expect([...mask.legend().keys()].sort()).toEqual(Object.keys(variables).sort());
});

test("a number that is sent as a JSON number stays one", () => {
  const exchange = anExchange("/i_message_availability/check", { method: "POST", sent: { phone_number: 12055426109 } });
  expect(argumentsOf(maskOf(exchange).curl(exchange), { NUMBER_1: FRIEND }).at(-1)).toBe('{"phone_number":12055426109}');
});

test("what nobody may run stays text", () => {
  const path = `/chats?phone_number=$(touch%20x)&page=\`id\`&${encodeURIComponent('"; reboot; "')}=1`;
  const exchange = anExchange(path, { method: "GET", sent: { "it's '$(id)' `id`": "'; reboot; '", simple: "'" } });
  for (const command of [maskOf(exchange).curl(exchange), maskOf(exchange).mockCurl(exchange)]) {
    expect(command).not.toMatch(/reboot|touch|id`|\$\(id/);
    expect(argumentsOf(command)).toHaveLength(10);
  }
});

test("the tokens of nobody and none are not the caller's", () => {
  const none = anExchange("/chats/46", { token: "none" });
  const wrong = anExchange("/chats/46", { token: "wrong" });
  expect(maskOf(none).curl(none)).toBe('curl -g "$BASE/api/partner/v2/chats/46"');
  expect(maskOf(wrong).curl(wrong)).toMatch(/ -H "X-LINQ-INTEGRATION-TOKEN: a-token-of-nobody"$/);
});

test("a mock is asked the like, about the world that it ships with", () => {
  const find = anExchange(
    "/chats/find?phone_number=%2B13125550150&phone_numbers%5B%5D=9175550123&phone_numbers%5B%5D=%2B19175550124",
  );
  expect(new Mask(aReport({ line: "+13125550150" })).mockCurl(find)).toBe(
    'curl -g "http://localhost:4010/api/partner/v2/chats/find?phone_number=%2B12052761148' +
      '&phone_numbers%5B%5D=2055426109&phone_numbers%5B%5D=%2B12055550114" -H "X-LINQ-INTEGRATION-TOKEN: any-token"',
  );
  const edit = anExchange("/chats/981234/chat_messages/7712345/edit", { method: "POST", sent: { text: "Secret plans" } });
  expect(maskOf(edit).mockCurl(edit)).toBe(
    'curl -g -X POST "http://localhost:4010/api/partner/v2/chats/46/chat_messages/2/edit"' +
      ` -H "X-LINQ-INTEGRATION-TOKEN: any-token" -H "Content-Type: application/json" -d '{"text":"Hello"}'`,
  );
});

test("an id that nothing has stays one on a mock", () => {
  const exchange = anExchange("/chats/2147483647", { status: 404 });
  expect(maskOf(exchange).mockCurl(exchange)).toContain("/chats/2147483647");
});

test("another base can be given", () => {
  const exchange = anExchange("/chats/46");
  expect(maskOf(exchange).curl(exchange, { base: "https://x.example" })).toContain(
    '"https://x.example/api/partner/v2/chats/46"',
  );
});
