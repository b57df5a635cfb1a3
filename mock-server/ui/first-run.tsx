import { computed, effect, signal } from "@preact/signals";
import { addressWith, place } from "./address";
import { BASE } from "./api";
import { chatsById, chatsInOrder } from "./chat-list";
import { Command } from "./copyable-command";
import { openOwnReceiver } from "./receiver";
import { requests } from "./request-list";
import { subscriptions } from "./status-text";
import { apis, shownWorld } from "./store";
import { webhookEvents } from "./webhook-log";
import { isolated } from "./wording";

const hasCopied = signal(false);

/** What there is to do first; each step is ticked when it has happened. */
const done = computed(() => {
  const found = [...requests.value.values()].some(({ status }) => status < 300);
  const written = [...webhookEvents.value.values()].some(
    ({ type, request_id }) => /^message\.received/.test(type) && request_id === null,
  );
  return [hasCopied.value || requests.value.size > 0, found, subscriptions.value.length > 0, written];
});

const hasHappened = signal<readonly boolean[]>([]);
let world = 0;
/** What has been done in this world stays done, though its lists forget it. */
effect(() => {
  const before = world === shownWorld.value ? hasHappened.peek() : [];
  world = shownWorld.value;
  hasHappened.value = done.value.map((now, step) => now || before[step] === true);
});

/** The first minutes, or what to choose. */
export function FirstRun() {
  const isDone = hasHappened.value.every(Boolean);
  if (isDone && place.value.pane !== "start") {
    return (
      <div class="empty">
        <p>Choose a conversation, or write as a stranger.</p>
        <a href="#/start">The first steps</a>
      </div>
    );
  }
  return <Steps isDone={isDone} />;
}

function Steps({ isDone }: { readonly isDone: boolean }) {
  const [copied, found, subscribed, written] = hasHappened.value;
  const { example_chat } = apis.value[0] ?? {};
  const person = chatsInOrder.value.find(({ group }) => !group) ?? chatsInOrder.value[0];
  const example = [...chatsById.value.values()].find(({ id }) => id === example_chat) ?? person;
  return (
    <div class="first-run">
      <a class="back" href="#/chats">
        Back
      </a>
      <h2>{isDone ? "All four steps are done" : "The first minutes"}</h2>
      <p>You see here what your app does, and are the other side of every conversation.</p>
      <ol>
        <Step title="Point your app here" isDone={copied}>
          <p>In place of the vendor's base URL, with any token:</p>
          <OfEachVersion text={({ prefix }) => `${BASE}${prefix}`} onCopy={() => (hasCopied.value = true)} />
          <p>
            The SDK of V3 brings the version itself: <bdi class="mono">{BASE}/api/partner</bdi>
          </p>
        </Step>
        <Step title="Make a first call" isDone={found}>
          <p>Find a chat, in a terminal:</p>
          <OfEachVersion text={({ find_chat }) => find_chat} />
        </Step>
        <Step title="Receive webhooks" isDone={subscribed}>
          <p>Your receiver's address for the one here:</p>
          <OfEachVersion text={({ subscribe }) => subscribe} />
          <p>
            Or, before you have one, the receiver that the mock brings:{" "}
            {apis.value.map(({ version }) => (
              <button key={version} type="button" onClick={() => openOwnReceiver(version)}>
                Use it for {version.toUpperCase()}
              </button>
            ))}
          </p>
        </Step>
        <Step title={`Write as ${isolated(example?.title ?? "somebody")}`} isDone={written}>
          <p>Open the conversation, write below it, and see the webhook go out.</p>
          {example && (
            <a class="button" href={addressWith({ pane: "chats", chat: example.id })}>
              Open the conversation with <bdi>{example.title}</bdi>
            </a>
          )}
        </Step>
      </ol>
    </div>
  );
}

interface OfEachVersionProps {
  readonly text: (api: (typeof apis.value)[number]) => string | null;
  readonly onCopy?: () => void;
}

/** What there is to copy for V2, and for V3. */
function OfEachVersion({ text, onCopy }: OfEachVersionProps) {
  return apis.value.map((api) => {
    const shown = text(api);
    return (
      shown !== null && (
        <div key={api.version}>
          <p>{api.version.toUpperCase()}:</p>
          <Command text={shown} {...(onCopy && { onCopy })} />
        </div>
      )
    );
  });
}

interface StepProps {
  readonly title: string;
  readonly isDone: boolean | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: whatever can be shown
  readonly children: any;
}

function Step({ title, isDone = false, children }: StepProps) {
  return (
    <li class={isDone ? "done" : ""}>
      <h3>
        {title} {isDone && <span class="tick">Done</span>}
      </h3>
      {children}
    </li>
  );
}
