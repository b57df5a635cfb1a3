import { computed } from "@preact/signals";
import { useState } from "preact/hooks";
import { About } from "./about";
import { act, copyText } from "./action";
import { addressWith, place } from "./address";
import { type ApiRequest, call } from "./api";
import { secondsText } from "./clock";
import { curlOf, testOf } from "./copy-as";
import { Filter, fits } from "./filter";
import { conversationAsFixture } from "./fixture-of";
import { JsonTree } from "./json-tree";
import { lit, openItem } from "./linked";
import { areVersionsMixed, chats, requestOf, requests, WINDOW, webhookEvents } from "./store";

/** Every call of the app, newest first. */
export function RequestsTab() {
  const found = requestsInOrder.value;
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
          <button type="button" onClick={() => act(clear)}>
            Empty the list
          </button>
        </p>
      )}
      <ul class="items" aria-label="Requests, newest first">
        {found
          .filter(([, request]) => isWanted(request))
          .map(([key, request]) => (
            <RequestRow key={key} request={request} />
          ))}
      </ul>
      {found.length >= WINDOW && <p class="muted">The newest {WINDOW} are shown.</p>}
    </>
  );
}

const requestsInOrder = computed(() => [...requests.value]);

function isWanted({ method, path, query, status, operation, hint, chat_id }: ApiRequest): boolean {
  const title = chats.value.get(chat_id ?? 0)?.title;
  return fits("requests", `${method} ${path}?${query} ${status} ${operation} ${hint} ${title}`);
}

async function clear(): Promise<void> {
  await call("delete", "/requests");
  requests.value = new Map();
}

function RequestRow({ request }: { readonly request: ApiRequest }) {
  const { id, at, method, path, status, ms, hint, contract } = request;
  const { tab, item } = place.value;
  const isOpen = tab === "requests" && item === id && requestOf(id) === request;
  return (
    <li id={`request-${id}`} class={lit.value.requests.has(id) ? "lit" : ""}>
      <button type="button" class="row-link item" aria-expanded={isOpen} onClick={() => openItem("requests", id, request)}>
        <span class="name mono">
          {method} <bdi>{path}</bdi>
          {areVersionsMixed.value && <small class="badge">{/\/v\d+(?=\/)/.exec(path)?.[0].slice(1)}</small>}
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
