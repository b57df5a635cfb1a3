import { laws } from "../../suite/checks/index";
import type { Mutant } from "./mutant";
import { MutantRunner } from "./runner";
import { allMutants } from "./tables/index";

let runner: MutantRunner;

beforeAll(async () => {
  runner = await MutantRunner.start();
});
afterAll(() => runner.stop());

test("each law has to name a mutant at least", () => {
  const named = new Set<string>(allMutants.map(({ caughtBy }) => caughtBy));
  expect(laws.map(({ number }) => `law-${number}`).filter((id) => !named.has(id))).toEqual([]);
});

test("no two mutants are the same in words", () => {
  const names = allMutants.map(({ name }) => name);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

test("a server that takes everything apart and puts it together again is not noticed", async () => {
  const nothing = (): void => {};
  const harmless: Mutant = {
    name: "nothing is wrong",
    caughtBy: "law-1",
    withoutToken: true,
    request: { every: nothing },
    answer: { every: nothing },
    refusal: { every: nothing },
    event: { "contact.created": nothing, "contact.updated": nothing, "contact.deleted": nothing, "message.sent": nothing },
    delivery: nothing,
  };
  expect((await runner.run(harmless, 1)).verdict).toBe("nothing");
});

test("what a mutant changes names the same address of a file as what it leaves alone", async () => {
  const layers = [{ name: "it lists messages", answer: { listMessages: () => {} } }];
  const { target, exchanges } = await runner.report(layers, { asked: laws.filter(({ number }) => number === 21) });
  const files = exchanges.flatMap(({ response }) => response.text.match(/http[^"]+\/attachments\//g) ?? []);
  expect([...new Set(files)]).toEqual([`${target}/attachments/`]);
});

test("a mutant that throws is an error, not a result", async () => {
  const throwing: Mutant = {
    name: "it throws",
    caughtBy: "law-1",
    answer: {
      findChat: () => {
        throw new RangeError("thrown on purpose");
      },
    },
  };
  await expect(runner.run(throwing, 1)).rejects.toThrow("thrown on purpose");
});
