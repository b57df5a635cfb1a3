import { Broken, Inconclusive, inWords } from "./law-errors";
import { Receiver } from "./receiver";

type Options = Parameters<typeof Receiver.start>[0];

const OPTIONS: Options = { port: 0, publicUrl: undefined, eventTimeoutMs: 2000, lastChange: () => "POST /contacts" };
const SOON = 20;

let receiver: Receiver;

async function start(options: Partial<Options> = {}): Promise<void> {
  receiver = await Receiver.start({ ...OPTIONS, ...options });
}

afterEach(() => receiver.stop());

function post(url: string, body: string): Promise<Response> {
  return fetch(url, { method: "POST", body });
}

function contactCreated(id: unknown): string {
  return JSON.stringify({ event_type: "contact.created", data: { id } });
}

test("finds an event that has come, and waits for one that has not", async () => {
  await start();
  const endpoint = receiver.endpoint("one");
  const coming = endpoint.event("contact.created", ({ id }) => id === 2);
  await post(endpoint.url, contactCreated(1));
  await post(endpoint.url, contactCreated(2));
  expect((await coming).data.id).toBe(2);
  expect((await endpoint.event("contact.created", ({ id }) => id === 1)).data.id).toBe(1);
});

test("an endpoint that fails answers 500 and keeps what came; it waits for more no longer than it is told to", async () => {
  await start();
  const [failing, other] = [receiver.endpoint("one"), receiver.endpoint("two")];
  failing.fail();
  expect((await post(failing.url, contactCreated(1))).status).toBe(500);
  expect((await post(other.url, contactCreated(1))).status).toBe(200);
  expect(await failing.withinMs(SOON, ({ data }) => data["id"] === 1, 2)).toBe(1);
  const second = failing.withinMs(OPTIONS.eventTimeoutMs, ({ data }) => data["id"] === 1, 2);
  await post(failing.url, contactCreated(2));
  await post(failing.url, contactCreated(1));
  expect(await second).toBe(2);
});

test("keeps the headers and the bytes as they came", async () => {
  await start();
  const endpoint = receiver.endpoint("one");
  const body = '{ "event_type":"contact.created",  "data": {"id":1,"first_name":"\\u00e9漢"} }\n';
  await fetch(endpoint.url, { method: "POST", body, headers: { "X-Webhook-Signature": "sha256=00" } });
  const { headers, raw } = await endpoint.delivery("contact.created", () => true);
  expect(raw.toString("utf8")).toBe(body);
  expect(headers["x-webhook-signature"]).toBe("sha256=00");
});

test("each endpoint has its own deliveries, though one name may be the beginning of another", async () => {
  await start();
  const [short, long] = [receiver.endpoint("run-b"), receiver.endpoint("run-bc")];
  await post(short.url, contactCreated(1));
  await post(long.url, contactCreated(2));
  await post(receiver.url, contactCreated(3));
  expect(short.deliveries.map(({ event }) => event?.data["id"])).toEqual([1]);
  expect(long.deliveries.map(({ event }) => event?.data["id"])).toEqual([2]);
  expect(receiver.deliveries).toHaveLength(3);
});

test("answers whatever comes, and takes nothing for an event that is none", async () => {
  await start();
  const endpoint = receiver.endpoint("one");
  const bodies = ["", "{", "null", "[]", "7", '"x"', "{}", '{"event_type":"contact.created"}'];
  const odd = ['{"event_type":7,"data":{}}', '{"event_type":"contact.created","data":null}', '{"event_type":"x","data":[]}'];
  for (const body of [...bodies, ...odd]) expect((await post(endpoint.url, body)).status).toBe(200);
  expect((await fetch(endpoint.url)).status).toBe(200);
  await post(endpoint.url, contactCreated(1));
  await endpoint.event("contact.created", ({ id }) => id === 1);
  expect(endpoint.deliveries.filter(({ event }) => event)).toHaveLength(1);
});

test("says what has come when the event has not", async () => {
  await start({ eventTimeoutMs: SOON });
  const endpoint = receiver.endpoint("one");
  await post(endpoint.url, contactCreated(1));
  await post(endpoint.url, "?");
  const failure = await endpoint.event("contact.deleted", () => true).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Broken);
  const evidence = {
    what: "the events that came",
    expected: { text: "contact.deleted, to a subscription that asks for it" },
    received: { text: "no contact.deleted within 0.02 s of POST /contacts; contact.created and what is no event came" },
    awaited: true,
  };
  const about = { reason: "contact.deleted is not delivered", clause: "#/webhooks/contact.deleted" };
  expect(failure).toMatchObject({ evidence, ...about });
});

test("what a law only rests on says nothing of it when it has not come", async () => {
  await start({ eventTimeoutMs: SOON });
  const failure = await receiver
    .endpoint("one")
    .delivery("contact.created", () => true)
    .catch((error: unknown) => error);
  expect(failure).toEqual(new Inconclusive("the webhook that it rests on has not come within 0.02 s of POST /contacts"));
});

test("is inconclusive as long as nothing has come to an address that others have to lead here", async () => {
  const publicUrl = "https://hooks.example.com/linq?to=me";
  await start({ publicUrl, eventTimeoutMs: SOON });
  const endpoint = receiver.endpoint("one");
  expect(endpoint.url).toBe(`${publicUrl}&one`);
  const failure = await endpoint.event("contact.created", () => true).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Inconclusive);
  const [, port] =
    /^nothing has come to https:.* leads to port (\d+) of this machine$/.exec(String((failure as Error).message)) ?? [];
  await post(`http://127.0.0.1:${port}/linq`, contactCreated(1));
  await expect(endpoint.event("contact.created", () => true)).rejects.toBeInstanceOf(Broken);
});

test("waits for an event of a type in vain once, then no longer than others need", async () => {
  await start({ eventTimeoutMs: 60_000 });
  const endpoint = receiver.endpoint("one");
  const never = (): boolean => false;
  const waits: number[] = [];
  const timer = jest.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    waits.push(ms);
    return AbortSignal.abort();
  });
  const said: unknown[] = [];
  for (const type of ["contact.created", "contact.created", "contact.deleted"] as const) {
    await endpoint.event(type, never).catch(({ evidence }: Broken) => said.push(evidence.received));
  }
  timer.mockRestore();
  expect(waits).toEqual([60_000, 2_000, 60_000]);
  const none = "of POST /contacts; nothing came";
  expect(said).toEqual([
    inWords`no contact.created within 60 s ${none}`,
    inWords`no contact.created within 2 s of POST /contacts (60 s the first time); nothing came`,
    inWords`no contact.deleted within 60 s ${none}`,
  ]);
});
