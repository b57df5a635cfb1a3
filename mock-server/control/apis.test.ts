import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import { checkControlAnswers } from "../testing/control-contract";

checkControlAnswers();

const sh = promisify(execFile);
let mock: MockServer;
beforeAll(async () => {
  mock = await startMockServer();
});
afterAll(() => mock.stop());

async function apis(base: string): Promise<
  {
    version: string;
    delivery_attempts: number;
    find_chat: string;
    subscribe: string;
    token_header: object;
    example_chat: number;
  }[]
> {
  return ((await (await fetch(`${base}/__mock/apis`)).json()) as { apis: [] }).apis;
}

test("the first commands work as they stand, in a sandbox too", async () => {
  const box = await mock.sandbox("first-calls");
  for (const base of [mock.url, box.url]) {
    for (const { version, find_chat, subscribe, example_chat } of await apis(base)) {
      const found = JSON.parse((await sh("sh", ["-c", `${find_chat} -s`])).stdout);
      const { chat } = (await (await fetch(`${base}/__mock/chats/${example_chat}`)).json()) as {
        chat: { id: number; v3_id: string };
      };
      const id = version === "v3" ? chat.v3_id : chat.id;
      expect(JSON.stringify(found)).toContain(`"id":${JSON.stringify(id)}`);
      const subscribed = await sh("sh", ["-c", `${subscribe} -s -o /dev/null -w '%{http_code}'`]);
      expect(subscribed.stdout).toMatch(/^20\d$/);
    }
  }
});

test("where only the user's own tokens do, there is a word in its place", async () => {
  const closed = await startMockServer({ tokens: ["secret-token"], fixtures: { version: 1 } });
  const [api, other] = await apis(closed.url);
  expect([api?.delivery_attempts, other?.delivery_attempts]).toEqual([1, 10]); // A-v3-retry-schedule
  expect(api).toMatchObject({ token_header: { value: "YOUR-TOKEN" }, find_chat: null, example_chat: null });
  await closed.stop();
});

test("the seed stays as it was, whatever happens to the world", async () => {
  const box = await mock.sandbox();
  const read = async (query: string): Promise<object> =>
    (await fetch(`${box.url}/__mock/state${query}`)).json() as Promise<object>;
  const before = await read("");
  expect(await read("?of=seed")).toEqual(before);
  await box.simulate.message({ chat: 46, text: "Hi" });
  expect(await read("?of=seed")).toEqual(before);
  expect(await read("?of=now")).not.toEqual(before);
});
