import { laws } from "../../suite/checks/index";
import { Bench } from "./bench";
import type { Fault } from "./fault";
import { faults } from "./faults/index";
import { toldBy } from "./told-by";

const all = Object.values(faults).flat();

test("each law has to tell of a fault at least", () => {
  const telling = new Set<string>(all.map(({ caughtBy }) => caughtBy));
  expect(laws.map(({ number }) => `law-${number}`).filter((id) => !telling.has(id))).toEqual([]);
});

test("no two faults are the same in words", () => {
  const names = all.map(({ name }) => name);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

test("a server that takes everything apart and puts it together again is not noticed", async () => {
  const nothing = (): void => {};
  const harmless: Fault = {
    name: "nothing is wrong",
    caughtBy: "law-1",
    toStrangers: true,
    request: { every: nothing },
    answer: { every: nothing },
    refusal: { every: nothing },
    event: { "contact.created": nothing, "contact.updated": nothing, "contact.deleted": nothing, "message.sent": nothing },
    delivery: nothing,
  };
  const bench = await Bench.start();
  const finding = await bench.run(harmless, 1).finally(() => bench.stop());
  expect(toldBy(finding)).toBe("nothing");
});

test("a fault that stumbles is an error, not a finding", async () => {
  const stumbling: Fault = {
    name: "it stumbles",
    caughtBy: "law-1",
    answer: {
      findChat: () => {
        throw new RangeError("stumbled");
      },
    },
  };
  const bench = await Bench.start();
  await expect(bench.run(stumbling, 1).finally(() => bench.stop())).rejects.toThrow("stumbled");
});
