import { type Api, apiOf, type PhoneNumber } from "./api";
import { startTarget, type Target } from "./target";

/* What must hold of the organization's own lines. */

let target: Target;
let api: Api;

beforeAll(async () => {
  target = await startTarget();
  api = apiOf(target);
});

afterAll(() => target.stop());

test("law 27: the line is among the phone numbers, and all are E.164", async () => {
  const lines = await api.lines();
  expect(lines.map(({ phone_number }) => phone_number)).toContain(target.line);
  for (const { phone_number, forwarding_number } of lines) {
    expect(phone_number).toMatch(/^\+[1-9]\d{6,14}$/);
    if (forwarding_number !== null) expect(forwarding_number).toMatch(/^\+[1-9]\d{6,14}$/);
  }
});

test("law 40: forwarding can be set and cleared", async () => {
  const lines = await api.lines();
  const spare = lines.find(({ phone_number }) => phone_number === target.spareLine);
  if (!spare) throw new Error(`${target.spareLine} is no line`);
  const forward = (forwarding_number: string): Promise<PhoneNumber> =>
    api.call(200, "PUT", `/phone_numbers/${spare.id}`, { forwarding_number });
  const withForwarding = (forwarding_number: string | null): PhoneNumber[] =>
    lines.map((line) => (line.id === spare.id ? { ...line, forwarding_number } : line));
  try {
    for (const written of ["+19075550005", "9075550006"]) {
      const expected = `+1${written.slice(-10)}`;
      expect(await forward(written)).toEqual({ ...spare, forwarding_number: expected });
      expect(await api.lines()).toEqual(withForwarding(expected));
      expect(await forward("")).toEqual({ ...spare, forwarding_number: null });
      expect(await api.lines()).toEqual(withForwarding(null));
    }
  } finally {
    await forward(spare.forwarding_number ?? "");
  }
  expect(await api.lines()).toEqual(lines);
});
