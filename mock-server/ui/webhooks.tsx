import { computed } from "@preact/signals";
import { About } from "./about";
import type { Schemas } from "./api";
import { chatsById } from "./chat-list";
import { mockNow, secondsText } from "./clock";
import { DeliveryDetails, deliveryWords } from "./delivery";
import { ExamView } from "./exam";
import { FilteredList } from "./filtered-list";
import { highlighted, openItem } from "./highlighted-items";
import { useInView } from "./opened-row";
import { answerAwaited, failedFirst, lastToEach, outcomeWords, worstOf } from "./outcome";
import { OwnReceiverView } from "./receiver";
import { Subscriptions } from "./subscriptions";
import {
  deliveriesOf,
  eventTotal,
  hasOlderEvents,
  isNoLongerKept,
  openEvent,
  readOlderEvents,
  webhookEvents,
} from "./webhook-log";
import { inPageWords, isolated } from "./wording";

/** Every event of the world, and what became of it. */
export function WebhooksTab() {
  const { value: open = 0 } = openEvent;
  const kept = webhookEvents.value.get(open);
  return (
    <>
      <Subscriptions />
      <OwnReceiverView />
      <ExamView />
      <FilteredList
        of="webhooks"
        label="Webhook events"
        all={eventsInOrder.value}
        wordsOf={wordsOf}
        kept={kept}
        row={(event) => <EventRow key={event.id} event={event} />}
        empty="Nothing has happened yet that an app could be told of. Open a conversation and write as somebody."
        missing={open === 0 || kept ? undefined : missingWords(open)}
        hasOlder={hasOlderEvents.value}
        readOlder={readOlderEvents}
      />
    </>
  );
}

function missingWords(id: number): string {
  return id > eventTotal.value
    ? `There is no webhook ${id} yet.`
    : `Webhook ${id} is no longer kept: the mock has the last 1,000.`;
}

const eventsInOrder = computed(() => [...webhookEvents.value.values()].sort((a, b) => b.id - a.id));

function wordsOf(event: Schemas["WebhookEvent"]): string {
  const { type, version, person, chat_id, text } = event;
  const title = chatsById.value.get(chat_id ?? 0)?.title;
  return [type, version, person ?? title ?? "", text ?? "", `chat ${chat_id}`, stateOf(event).words].join(" ");
}

function EventRow({ event }: { readonly event: Schemas["WebhookEvent"] }) {
  const { id, type, at, version, text } = event;
  const isOpen = openEvent.value === id;
  const sent = deliveriesOf(event);
  return (
    <li ref={useInView(isOpen, sent.length > 0)} id={`event-${id}`} class={highlighted.value.events.has(id) ? "lit" : ""}>
      <button
        type="button"
        class="row-link item"
        aria-expanded={isOpen}
        onClick={() => openItem("webhooks", String(id), event)}
      >
        <span class="name">
          {type} <small class="badge">{version}</small>{" "}
          {event.person === null ? <About chat={event.chat_id} /> : <bdi class="about muted">{event.person}</bdi>}
        </span>
        <time dateTime={at}>{secondsText(at)}</time>
        <EventState event={event} />
        {text !== null && text !== "" && <bdi class="words muted">{text}</bdi>}
      </button>
      {isOpen && (
        <div class="details">
          <WhyNone event={event} sent={sent} />
          {failedFirst(sent).map((delivery) => (
            <DeliveryDetails key={delivery.id} delivery={delivery} />
          ))}
          {event.deliveries.some(isNoLongerKept) && <p class="muted">Older deliveries of it are no longer kept.</p>}
        </div>
      )}
    </li>
  );
}

function EventState({ event }: { readonly event: Schemas["WebhookEvent"] }) {
  const { state, words } = stateOf(event);
  return <span class={`state ${state}`}>{words}</span>;
}

/** What became of an event, in words. */
function stateOf(event: Schemas["WebhookEvent"]): { readonly state: string; readonly words: string } {
  const sent = deliveriesOf(event);
  const worst = worstOf(sent);
  if (worst) return { state: worst.status, words: outcomeWords(sent, deliveryWords) };
  const { unreached, at } = event;
  if (unreached) return { state: "warn", words: NOBODY[unreached.reason] ?? "reached nobody" };
  if (event.deliveries.some(isNoLongerKept)) return { state: "warn", words: "delivered earlier" };
  return { state: "pending", words: answerAwaited(mockNow() - Date.parse(at)) };
}

const NOBODY: Readonly<Record<string, string>> = {
  no_subscription: "nobody subscribed",
  not_subscribed: "nobody subscribed to this",
  paused: "paused",
  receiver_refused: "the receiver refused",
  receiver_unreachable: "the receiver was unreachable",
  receiver_too_slow: "the receiver was too slow",
  fault: "a fault held it back",
  not_allowed: "the receiver is not allowed",
  dropped: "dropped",
};

/** Why an event reached nobody, or not everybody. */
function WhyNone({ event, sent }: { readonly event: Schemas["WebhookEvent"]; readonly sent: readonly Schemas["Delivery"][] }) {
  const why = whyNone(event, sent);
  return (
    why && (
      <p class="note">
        <b>Why no webhook?</b> <bdi>{why}</bdi>
      </p>
    )
  );
}

const AGAIN = "Redeliver sends it again.";

function whyNone({ unreached }: Schemas["WebhookEvent"], sent: readonly Schemas["Delivery"][]): string | undefined {
  const last = lastToEach(sent);
  if (sent.some(({ status }) => status === "delivered")) {
    const missed = last.filter(({ status }) => status === "failed" || status === "dropped");
    const reasons = missed.map((delivery) => `${isolated(delivery.url)} did not get it, ${deliveryWords(delivery)}.`);
    return missed.length === 0 ? undefined : [...reasons, AGAIN].join(" ");
  }
  if (!unreached) return undefined;
  const each = sent.map((delivery) => `Delivery ${delivery.id}, ${isolated(delivery.url)}: ${deliveryWords(delivery)}.`);
  const message = sent.length > last.length ? each.join(" ") : unreached.message; // which names no delivery
  const text = inPageWords(`${message} ${unreached.hint ?? ""}`, secondsText);
  return sent.some(({ status }) => status !== "pending") ? text : text.replace(AGAIN, "");
}
