import { collectFaults } from "./fault-flags";

test.each([
  [
    "latency ms=3000 operation=sendMessage,createChat",
    [{ fault: "latency", ms: 3000, operation: ["sendMessage", "createChat"] }],
  ],
  ["status status=503 performed=true; drip;", [{ fault: "status", status: 503, performed: true }, { fault: "drip" }]],
  ['{"fault": "drip", "participant": "Ann Archer"}', [{ fault: "drip", participant: "Ann Archer" }]],
  ['drip participant="Ann Archer"', [{ fault: "drip", participant: "Ann Archer" }]],
  [
    "status status=503 detail='Down; back at 5'; drip",
    [{ fault: "status", status: 503, detail: "Down; back at 5" }, { fault: "drip" }],
  ],
  ['[{"fault": "drip"}, {"fault": "empty-body"}]', [{ fault: "drip" }, { fault: "empty-body" }]],
  ["status sequence=200,502,x", [{ fault: "status", sequence: [200, 502, "x"] }]],
  ["drip after=3 until='in 5 minutes' token=old", [{ fault: "drip", after: 3, until: "in 5 minutes", token: "old" }]],
  ["latency ms=soon", [{ fault: "latency", ms: "soon" }]],
])("%s is read", (written, rules) => {
  expect(collectFaults(written, [{ fault: "before" }])).toEqual([{ fault: "before" }, ...rules]);
});

test.each([
  ["", "It is not blank."],
  ["latency 3000", "3000 is not name=value"],
  ["carrier-slow", "carrier-slow is a profile: --profile carrier-slow."],
  ["drip; latency ms=3 ms=4", "latency has ms twice."],
  ["drip fault=latency ms=3", "drip has fault twice."],
  ['{"fault": ', "It is not valid JSON"],
])("%j is refused: %s", (written, reason) => {
  expect(() => collectFaults(written, [])).toThrow(reason);
});
