import { isRecord } from "../../../exchange";
import { expectSame, expectThat } from "../../expect";
import type { Law, LawContext } from "../../law";
import { inWords, Skip } from "../../law-errors";

export const law53: Law = {
  number: 53,
  title: "an event has its keys sorted at every level, and an id of its own",
  broken: "an event does not have its keys sorted at every level, or not an id of its own",
  operation: "createWebhookSubscription",
  clause: "#/components/parameters/WebhookSignature/description",
  isAboutDeliveries: true,
  requests: 0,
  async check(context) {
    await expectInOrder(context);
    context.later(() => expectInOrder(context));
  },
};

/** Looks at whatever has come for other laws. @throws Broken, Skip when nothing has */
async function expectInOrder({ receiver }: LawContext): Promise<void> {
  const events = (await receiver()).deliveries.flatMap(({ event, raw }) => (event ? [{ ...event, raw }] : []));
  if (events.length === 0) throw new Skip("no event has come");
  const known = new Map<unknown, string>();
  for (const { raw, ...event } of events) {
    expectSorted(JSON.parse(raw.toString("utf8")), "");
    const { event_id: id } = event as { readonly event_id?: unknown };
    const told = JSON.stringify([event.event_type, event.data]);
    const reason = "two events have the same event_id";
    const isOwn = id === undefined || (known.get(id) ?? told) === told; // the same may be delivered twice
    expectThat(isOwn, "event_id of another event", { expected: inWords`not ${id}`, received: id, reason });
    known.set(id, told);
  }
}

function expectSorted(value: unknown, pointer: string): void {
  if (isRecord(value)) {
    const keys = Object.keys(value);
    const place = pointer === "" ? "" : ` at ${pointer}`;
    expectSame(
      keys,
      keys.toSorted(),
      `the order of the keys of an event${place}`,
      `the keys of an event are not sorted${place}`,
    );
  }
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) expectSorted(inner, `${pointer}/${key}`);
}
