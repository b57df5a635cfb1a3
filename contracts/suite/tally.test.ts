import { placesIn, type Shape, type ShapePlace } from "./tally";

const NOTHING_SHARED = {};

/** The cases with their counts, by place. */
function counts(places: readonly ShapePlace[]): Record<string, Record<string, number>> {
  const entries = places.map(({ pointer, facet, cases }) => [
    `${pointer} ${facet}`,
    Object.fromEntries(cases.map(({ name, count }) => [name, count])),
  ]);
  return Object.fromEntries(entries);
}

test("counts each case once per body, however often it stands in it", () => {
  const shape: Shape = { list: true, items: { fields: { service: { values: ["iMessage", "SMS", "RCS"] } } } };
  const bodies = [[{ service: "SMS" }, { service: "SMS" }, { service: "RCS" }], [{ service: "SMS" }], []];
  expect(counts(placesIn(shape, NOTHING_SHARED, bodies))).toEqual({
    " length": { "not empty": 2, empty: 1 },
    "/*/service value": { iMessage: 0, SMS: 2, RCS: 1 },
  });
});

test("null, not null and absent are three cases", () => {
  const shape: Shape = { fields: { user: { optional: true, nullable: true } } };
  const bodies = [{}, { user: null }, { user: "Ann" }, { user: 0 }];
  expect(counts(placesIn(shape, NOTHING_SHARED, bodies))).toEqual({
    "/user presence": { present: 3, absent: 1 },
    "/user null": { "not null": 2, null: 1 },
  });
});

test("the branches of a union differ by a field, and the fields of each are counted", () => {
  const shape: Shape = {
    union: {
      by: "chat",
      branches: { value: { name: "Found", shape: { fields: { chat: { ref: "Chat" } } } }, null: { name: "NotFound" } },
    },
  };
  const shared = { Chat: { fields: { group: { values: [true, false] } } } };
  const bodies = [{ chat: { group: false } }, { chat: null }, { chat: { group: false } }];
  expect(counts(placesIn(shape, shared, bodies))).toEqual({
    " branch": { Found: 2, NotFound: 1 },
    "/chat/group value": { true: 0, false: 2 },
  });
});

test("adds to a shared shape what is said where it is used", () => {
  const shape: Shape = { fields: { at: { ref: "Again", optional: true } } };
  const shared: Record<string, Shape> = { Again: { ref: "Time" }, Time: { nullable: true } };
  expect(counts(placesIn(shape, shared, [{ at: null }]))).toEqual({
    "/at presence": { present: 1, absent: 0 },
    "/at null": { "not null": 0, null: 1 },
  });
});

test.each([undefined, null, "Bad Gateway", 7, [], [[]], { chat: [] }, { chat: { group: "yes" } }])(
  "takes %j for none of the cases of an object",
  (body) => {
    const shape: Shape = { fields: { chat: { fields: { group: { values: [true, false] }, handles: { list: true } } } } };
    expect(placesIn(shape, NOTHING_SHARED, [body]).flatMap(({ cases }) => cases.map(({ count }) => count))).toEqual([
      0, 0, 0, 0,
    ]);
  },
);
