import { isRecord } from "../../../exchange";
import { expectSame, expectThat, inWords } from "../../expect";
import type { Law } from "../../law";
import { subscribed } from "../../receiver";

const events = ["contact.created" as const];

export const law53: Law = {
  number: 53,
  title: "an event has its keys sorted at every level, and an id of its own",
  broken: "an event does not have its keys sorted at every level, or not an id of its own",
  operation: "createWebhookSubscription",
  clause: "#/components/parameters/WebhookSignature/description",
  isOfDeliveries: true,
  requests: 5,
  async check(context) {
    const { api, unique } = context;
    await subscribed(context, { events }, async (endpoint) => {
      const ids: unknown[] = [];
      for (const _ of ["one", "another"]) {
        const { id } = await api.createContact({ first_name: unique() });
        const { event, raw } = await endpoint.delivery(
          "contact.created",
          ({ event: one }) => String(one?.data["id"]) === String(id),
        );
        const body: unknown = JSON.parse(raw.toString("utf8"));
        expectSorted(body, "");
        ids.push((event as { event_id?: unknown } | undefined)?.event_id);
      }
      const [first, second] = ids;
      const reason = "two events have the same event_id";
      expectThat(first !== second, "event_id of another event", { expected: inWords`not ${first}`, received: second, reason });
    });
  },
};

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
