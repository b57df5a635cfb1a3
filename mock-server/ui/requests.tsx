import { computed } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { About } from "./about";
import { act, copyText } from "./action";
import { addressWith, place } from "./address";
import type { Schemas } from "./api";
import { chatsById } from "./chat-list";
import { secondsText } from "./clock";
import { curlOf, testOf } from "./copy-as";
import { Dialog, openDialog } from "./dialog";
import { FilteredList } from "./filtered-list";
import { conversationAsFixture } from "./fixture-of";
import { highlighted, openItem } from "./highlighted-items";
import { JsonTree } from "./json-tree";
import { useInView } from "./opened-row";
import { emptyJournal, hasOlderRequests, readOlderRequests, requestOf, requests } from "./request-list";
import { webhookEvents } from "./webhook-log";
import { isolated } from "./wording";

/** Every call of the app, newest first. */
export function RequestsTab() {
  const all = requestsInOrder.value;
  const { item } = place.value;
  const isMissing = item !== undefined && all.length > 0 && !requestOf(item);
  useEffect(() => {
    if (isMissing && hasOlderRequests.peek()) void readOlderRequests();
  }, [isMissing]);
  return (
    <>
      <FilteredList
        of="requests"
        label="Requests"
        all={all}
        wordsOf={wordsOf}
        row={([key, request]) => <RequestRow key={key} request={request} />}
        empty={
          <>
            Your app has called nothing yet. <a href="#/start">Point it here</a>
          </>
        }
        missing={isMissing ? `Request ${isolated(item)} is not here: the mock keeps the last 500.` : undefined}
        action={
          <button type="button" onClick={() => openDialog("clear-requests")}>
            Empty the list
          </button>
        }
        hasOlder={hasOlderRequests.value}
        readOlder={readOlderRequests}
      />
      <Dialog name="clear-requests" title="Empty the list?" submit={{ label: "Empty it", act: () => act(emptyJournal) }}>
        <p>The journal of requests is lost, and with it what advice rests on. The world stays as it is.</p>
      </Dialog>
    </>
  );
}

const requestsInOrder = computed(() => [...requests.value]);

function wordsOf([, request]: readonly [string, Schemas["Request"]]): string {
  const { method, path, query, status, operation, hint, chat_id } = request;
  const title = chatsById.value.get(chat_id ?? 0)?.title;
  return `${method} ${path}?${query} ${status} ${operation} ${hint} ${title}`;
}

function RequestRow({ request }: { readonly request: Schemas["Request"] }) {
  const { id, at, method, path, query, status, ms, hint, contract } = request;
  const { tab, item } = place.value;
  const isOpen = tab === "requests" && item === id && requestOf(id) === request;
  return (
    <li ref={useInView(isOpen)} id={`request-${id}`} class={highlighted.value.requests.has(id) ? "lit" : ""}>
      <button type="button" class="row-link item" aria-expanded={isOpen} onClick={() => openItem("requests", id, request)}>
        <span class="name mono">
          {method} <bdi>{path + (query && `?${query}`)}</bdi>
        </span>
        <time dateTime={at}>{secondsText(at)}</time>
        <span class={`state ${status >= 400 ? "failed" : "delivered"}`}>
          {status} in {Math.round(ms)} ms{hint ? ", hint" : ""}
          {contract.valid ? "" : ", breaks the contract"}
        </span>
        <About chat={request.chat_id} />
      </button>
      {isOpen && <RequestDetails request={request} />}
    </li>
  );
}

function RequestDetails({ request }: { readonly request: Schemas["Request"] }) {
  const { request: sent, response, status, query, hint, assumptions, fault, lost, contract } = request;
  return (
    <div class="details">
      {hint && <p class="note">{hint}</p>}
      {fault && <p class="note">A fault touched the answer: {fault}</p>}
      {lost && <p class="note">Its caller never had the whole answer.</p>}
      <CopyAs request={request} />
      <Caused request={request} />
      {query !== "" && (
        <details open>
          <summary>Query</summary>
          <JsonTree value={[...new URLSearchParams(query)].map(([name, value]) => `${name} = ${value}`)} />
        </details>
      )}
      {sent.body !== undefined && sent.body !== null && (
        <details open>
          <summary>Request body</summary>
          <JsonTree value={sent.body} open={3} />
        </details>
      )}
      <details open>
        <summary>Answer</summary>
        <JsonTree value={response.body} open={status < 400 ? 2 : 4} />
      </details>
      <details>
        <summary>Request headers</summary>
        <JsonTree value={sent.headers} />
      </details>
      <p>
        {contract.valid ? "The answer keeps the contract." : "The answer breaks the contract:"}
        {contract.violations.map(({ pointer, reason }) => (
          <span key={pointer} class="block mono">
            {pointer} {reason}
          </span>
        ))}
      </p>
      {assumptions.length > 0 && <p>It rests on assumptions, which the vendor does not document: {assumptions.join(", ")}.</p>}
    </div>
  );
}

/** What the call has made. */
function Caused({ request: { id, chat_id, message_id } }: { readonly request: Schemas["Request"] }) {
  const events = [...webhookEvents.value.values()].filter((event) => event.request_id === id);
  if (!message_id && events.length === 0) return null;
  return (
    <p class="row wrap">
      It made
      {chat_id && message_id && (
        <a href={addressWith({ pane: "chats", chat: chat_id, message: message_id })}>message {message_id}</a>
      )}
      {events.map((event) => (
        <a key={event.id} href={addressWith({ pane: "inspector", tab: "webhooks", item: String(event.id) })}>
          {event.type}
        </a>
      ))}
    </p>
  );
}

function CopyAs({ request }: { readonly request: Schemas["Request"] }) {
  const [copied, setCopied] = useState("");
  const copy = (what: string, text: () => Promise<string>): void => {
    void act(async () => {
      await copyText(await text());
      setCopied(`The ${what} is copied.`);
    });
  };
  const { chat_id } = request;
  return (
    <p class="row wrap">
      Copy as
      <button type="button" onClick={() => copy("command", () => curlOf(request))}>
        curl
      </button>
      <button type="button" onClick={() => copy("test", () => testOf(request))}>
        test
      </button>
      {chat_id && (
        <button type="button" onClick={() => copy("fixture", () => conversationAsFixture(chat_id))}>
          fixture
        </button>
      )}
      <output>{copied}</output>
    </p>
  );
}
