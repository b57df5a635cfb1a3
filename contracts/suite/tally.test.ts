import { type Shape, ShapeTally } from "./tally";

const NOTHING_SHARED = {};

/** The cases with their counts, by place. */
function counts(tally: ShapeTally): Record<string, Record<string, number>> {
  return Object.fromEntries(
    tally
      .places()
      .map(({ pointer, facet, cases }) => [
        `${pointer} ${facet}`,
        Object.fromEntries(cases.map(({ name, count }) => [name, count])),
      ]),
  );
}

test("counts each case once per body, however often it stands in it", () => {
  const tally = new ShapeTally(
    { list: true, items: { fields: { service: { values: ["iMessage", "SMS", "RCS"] } } } },
    NOTHING_SHARED,
  );
  tally.see([{ service: "SMS" }, { service: "SMS" }, { service: "RCS" }]);
  tally.see([{ service: "SMS" }]);
  tally.see([]);
  expect(counts(tally)).toEqual({
    " length": { "not empty": 2, empty: 1 },
    "/*/service value": { iMessage: 0, SMS: 2, RCS: 1 },
  });
});

test("tells null from not null, and absent from both", () => {
  const tally = new ShapeTally({ fields: { user: { optional: true, nullable: true } } }, NOTHING_SHARED);
  for (const body of [{}, { user: null }, { user: "Ann" }, { user: 0 }]) tally.see(body);
  expect(counts(tally)).toEqual({
    "/user presence": { present: 3, absent: 1 },
    "/user null": { "not null": 2, null: 1 },
  });
});

test("tells the branches of a union by the field that they differ in, and looks into the one that it is", () => {
  const shape: Shape = {
    union: {
      by: "chat",
      branches: { value: { name: "Found", shape: { fields: { chat: { ref: "Chat" } } } }, null: { name: "NotFound" } },
    },
  };
  const tally = new ShapeTally(shape, { Chat: { fields: { group: { values: [true, false] } } } });
  for (const body of [{ chat: { group: false } }, { chat: null }, { chat: { group: false } }]) tally.see(body);
  expect(counts(tally)).toEqual({
    " branch": { Found: 2, NotFound: 1 },
    "/chat/group value": { true: 0, false: 2 },
  });
});

test("adds to a shared shape what is said where it is used", () => {
  const tally = new ShapeTally(
    { fields: { at: { ref: "Again", optional: true } } },
    { Again: { ref: "Time" }, Time: { nullable: true } },
  );
  tally.see({ at: null });
  expect(counts(tally)).toEqual({
    "/at presence": { present: 1, absent: 0 },
    "/at null": { "not null": 0, null: 1 },
  });
});

test.each([undefined, null, "Bad Gateway", 7, [], [[]], { chat: [] }, { chat: { group: "yes" } }])(
  "takes %j for none of the cases of an object",
  (body) => {
    const shape: Shape = { fields: { chat: { fields: { group: { values: [true, false] }, handles: { list: true } } } } };
    const tally = new ShapeTally(shape, NOTHING_SHARED);
    tally.see(body);
    expect(tally.places().flatMap(({ cases }) => cases.map(({ count }) => count))).toEqual([0, 0, 0, 0]);
  },
);
