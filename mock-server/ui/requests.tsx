import { computed } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { About } from "./about";
import { act, copyText } from "./action";
import { addressWith, place } from "./address";
import type { ApiRequest } from "./api";
import { secondsText } from "./clock";
import { curlOf, testOf } from "./copy-as";
import { Dialog, openDialog } from "./dialog";
import { Filter, fits } from "./filter";
import { conversationAsFixture } from "./fixture-of";
import { JsonTree } from "./json-tree";
import { lit, openItem } from "./linked";
import { useInView } from "./opened-row";
import { chats, clearRequests, hasOlderRequests, readOlderRequests, requestOf, requests } from "./store";
import { webhookEvents } from "./webhook-log";
import { OlderButton } from "./webhooks";

/** Every call of the app, newest first. */
export function RequestsTab() {
  const found = requestsInOrder.value;
  const wanted = found.filter(([, request]) => isWanted(request));
  const { item } = place.value;
  const isMissing = item !== undefined && found.length > 0 && !requestOf(item);
  useEffect(() => {
    if (isMissing && hasOlderRequests.peek()) void readOlderRequests();
  }, [isMissing]);
  return (
    <>
      {found.length === 0 && (
        <p class="empty">
          Your app has called nothing yet. <a href="#/start">Point it here</a>
        </p>
      )}
      {found.length > 0 && (
        <p class="row end bar-of-tab">
          <Filter of="requests" />
          <button type="button" onClick={() => openDialog("clear-requests")}>
            Empty the list
          </button>
        </p>
      )}
      {isMissing && !hasOlderRequests.value && (
        <p class="note">
          Request <bdi>{item}</bdi> is not here: the mock keeps the last 500.
        </p>
      )}
      <ul class="items" aria-label="Requests, newest first">
        {wanted.map(([key, request]) => (
          <RequestRow key={key} request={request} />
        ))}
      </ul>
      {found.length > 0 && wanted.length === 0 && (
        <p class="empty">
          {hasOlderRequests.value ? `None of the newest ${found.length} requests matches.` : "No request matches."}
        </p>
      )}
      {hasOlderRequests.value && (
        <p class="more">
          <OlderButton what="requests" read={readOlderRequests} />
        </p>
      )}
      <Dialog name="clear-requests" title="Empty the list?" submit={{ label: "Empty it", act: () => act(clearRequests) }}>
        <p>The journal of requests is lost, and with it what advice rests on. The world stays as it is.</p>
      </Dialog>
    </>
  );
}

const requestsInOrder = computed(() => [...requests.value]);

function isWanted({ method, path, query, status, operation, hint, chat_id }: ApiRequest): boolean {
  const title = chats.value.get(chat_id ?? 0)?.title;
  return fits("requests", `${method} ${path}?${query} ${status} ${operation} ${hint} ${title}`);
}

function RequestRow({ request }: { readonly request: ApiRequest }) {
  const { id, at, method, path, query, status, ms, hint, contract } = request;
  const { tab, item } = place.value;
  const isOpen = tab === "requests" && item === id && requestOf(id) === request;
  return (
    <li ref={useInView(isOpen)} id={`request-${id}`} class={lit.value.requests.has(id) ? "lit" : ""}>
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

function RequestDetails({ request }: { readonly request: ApiRequest }) {
  const { request: sent, response, query, hint, assumptions, fault, lost, contract } = request;
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
        <JsonTree value={response.body} open={2} />
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
function Caused({ request: { id, chat_id, message_id } }: { readonly request: ApiRequest }) {
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

function CopyAs({ request }: { readonly request: ApiRequest }) {
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
