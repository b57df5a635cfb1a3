import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MockServer, startMockServer } from "./start-mock-server";

const LINE = "+12052761148";

let folder: string;
let mock: MockServer;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "linq-mock-watch-"));
});
afterEach(async () => {
  await mock.stop();
  rmSync(folder, { recursive: true });
});

function write(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `version: 1\n${lines.join("\n")}\n`);
  return path;
}

async function health(): Promise<{ fixtures: Record<string, number>; fixtures_problems?: Record<string, unknown>[] }> {
  return (await fetch(`${mock.url}/__mock/health`)).json() as ReturnType<typeof health>;
}

async function until<T>(ask: () => Promise<T>, isTrue: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (isTrue(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20)); // the file system's time, not the mock's
  }
}

test("a changed fixture is served in every sandbox; a broken one leaves the old world, and is explained", async () => {
  const path = write("world.yaml", [`lines: ["${LINE}"]`]);
  const said = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  mock = await startMockServer({ fixtures: path, watch: true, log: "info" });
  const box = await mock.sandbox();
  await box.simulate.message({ line: LINE, from: "+12055550101", text: "Hi" });

  write("world.yaml", [`lines: ["${LINE}"]`, `chats: [{ line: "${LINE}", participants: ["+12055550102", "+12055550103"] }]`]);
  expect((await until(health, ({ fixtures }) => fixtures["chats"] === 1)).fixtures_problems).toBeUndefined();
  expect((await box.state()).chats?.[0]?.participants).toHaveLength(3);
  const log = said.mock.calls.join("");
  said.mockRestore();
  expect(log).toMatch(/^\d\d:\d\d:\d\d\.\d{3} fixtures: the changed world is served/m);

  await box.simulate.message({ chat: 1, from: "+12055550102", text: "Still there?" });
  write("world.yaml", [`lines: ["${LINE}"]`, `chats: [{ line: "+12052761149", participants: ["+12055550102"] }]`]);
  const broken = await until(health, ({ fixtures_problems }) => fixtures_problems !== undefined);
  expect(broken.fixtures["chats"]).toBe(1);
  expect(broken.fixtures_problems).toEqual([
    {
      severity: "error",
      file: path,
      line: 3,
      column: 17,
      pointer: "/chats/0/line",
      message: `+12052761149 is not one of the lines; did you mean ${LINE}?`,
    },
  ]);
  expect((await box.state()).chats?.[0]?.messages).toHaveLength(1);

  write("world.yaml", [`lines: ["${LINE}", "+12052761149"]`]);
  const mended = await until(health, ({ fixtures }) => fixtures["lines"] === 2);
  expect(mended.fixtures_problems).toBeUndefined();
  expect((await box.state()).chats).toEqual([]);
});

test("a folder is watched with the files that come into it and go", async () => {
  write("a.yaml", [`lines: ["${LINE}"]`]);
  mock = await startMockServer({ fixtures: folder, watch: true });
  const second = write("draft.txt", ['lines: ["+12052761149"]']);
  renameSync(second, join(folder, "b.yaml"));
  await until(health, ({ fixtures }) => fixtures["lines"] === 2);
  rmSync(join(folder, "b.yaml"));
  await until(health, ({ fixtures }) => fixtures["lines"] === 1);
});

test("of several fixtures, files and what they extend are watched; a reset and an export have all of it", async () => {
  const base = write("base.yaml", [`lines: ["${LINE}"]`]);
  const mine = write("mine.yaml", ["extends: base.yaml", "contacts: [{ first_name: Ann }]"]);
  const own = { version: 1 as const, contacts: [{ first_name: "Zoe" }] };
  mock = await startMockServer({ fixtures: ["empty", mine, own], watch: true });
  const box = await mock.sandbox();
  await box.load({ version: 1, lines: [LINE] });
  await box.reset();
  const names = async () => (await box.state()).contacts?.map(({ first_name }) => first_name);
  expect([(await box.state()).lines?.length, await names()]).toEqual([2, ["Ann", "Zoe"]]);
  writeFileSync(base, `version: 1\nlines: ["${LINE}", "+12052761149"]\n`);
  await until(health, ({ fixtures }) => fixtures["lines"] === 3);
  write("mine.yaml", ["extends: base.yaml", "contacts: [{ first_name: Ben }]"]);
  await until(
    async () => ({ names: await names() }),
    (now) => now.names?.[0] === "Ben",
  );
  await box.load(await box.state());
  expect([(await box.state()).lines?.length, await names()]).toEqual([3, ["Ben", "Zoe"]]);
});

test("an editor that writes a new file and puts it in the place of the old one is noticed", async () => {
  const path = write("world.yaml", [`lines: ["${LINE}"]`]);
  mock = await startMockServer({ fixtures: path, watch: true });
  for (const count of [2, 3]) {
    const lines = Array.from({ length: count }, (_, i) => `"+1205276114${i}"`);
    renameSync(write("world.yaml.swap", [`lines: [${lines}]`]), path);
    await until(health, ({ fixtures }) => fixtures["lines"] === count);
  }
});

test("a fixture that is deleted leaves its world running, and files that are no fixtures change nothing", async () => {
  const path = write("world.yaml", [`lines: ["${LINE}"]`]);
  mock = await startMockServer({ fixtures: folder, watch: true });
  const box = await mock.sandbox();
  await box.simulate.message({ line: LINE, from: "+12055550101", text: "Hi" });
  writeFileSync(join(folder, "notes.txt"), "no fixture");
  rmSync(path);
  const { fixtures, fixtures_problems } = await until(health, ({ fixtures_problems: told }) => told !== undefined);
  expect([fixtures["lines"], fixtures_problems?.[0]?.["message"]]).toEqual([1, "the folder holds no .json, .yaml, .yml file"]);
  expect((await box.state()).chats).toHaveLength(1);
});

test("a folder that is made anew, and a link that is turned to another file, are noticed", async () => {
  const [one, two] = [write("one.txt", [`lines: ["${LINE}"]`]), write("two.txt", [`lines: ["${LINE}", "+12052761149"]`])];
  const inside = join(folder, "world");
  const turn = (target: string): void => {
    mkdirSync(inside, { recursive: true });
    symlinkSync(target, join(inside, "new.yaml"));
    renameSync(join(inside, "new.yaml"), join(inside, "lines.yaml"));
  };
  turn(one);
  mock = await startMockServer({ fixtures: inside, watch: true });
  turn(two);
  await until(health, ({ fixtures }) => fixtures["lines"] === 2);
  rmSync(inside, { recursive: true });
  await until(health, ({ fixtures_problems }) => fixtures_problems !== undefined);
  turn(one);
  await until(health, ({ fixtures }) => fixtures["lines"] === 1);
});

test("a document that contains itself is explained, and ends nothing", async () => {
  const path = write("world.yaml", [`lines: ["${LINE}"]`]);
  mock = await startMockServer({ fixtures: path, watch: true });
  write("world.yaml", ["lines: &l", "  - *l"]);
  const { fixtures_problems } = await until(health, ({ fixtures_problems: told }) => told !== undefined);
  expect(fixtures_problems?.[0]?.["message"]).toBe("what its aliases repeat contains itself, or has no end");
});
