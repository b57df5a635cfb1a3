import { effect, signal } from "@preact/signals";
import { act } from "./action";
import { type Answer, call } from "./api";
import { secondsText } from "./clock";
import { JsonTree } from "./json-tree";
import { requests } from "./request-list";
import { readSubscriptions } from "./status-text";
import { apis, changeCount, isComplete } from "./store";
import { VersionChoice } from "./subscriptions";

const state = signal<Answer<"/receiver", "get"> | undefined>(undefined);
const SOON_MS = 1000;
const KEPT = 20;
let isDue = false;

effect(() => {
  if (!isComplete.value || changeCount.value < 0 || isDue) return;
  isDue = true;
  setTimeout(
    async () => {
      isDue = false;
      state.value = await call("get", "/receiver", { query: { limit: KEPT } }).catch(() => state.peek());
    },
    state.peek() ? SOON_MS : 0,
  );
});

/** The version of the API that was called last. */
function versionSeen(): string | undefined {
  const [newest] = requests.value.values();
  return apis.value.find(({ prefix }) => newest?.path.startsWith(prefix))?.version;
}

/** Opens the receiver that the mock brings: it is told everything in the words of a version. */
export function openOwnReceiver(version = versionSeen()): Promise<boolean> {
  return act(async () => {
    await call("post", "/receiver", { body: version === undefined ? {} : { version } });
    await Promise.all([readReceiver(), readSubscriptions()]);
  });
}

async function readReceiver(): Promise<void> {
  state.value = await call("get", "/receiver", { query: { limit: KEPT } });
}

async function closeReceiver(): Promise<void> {
  await call("delete", "/receiver");
  await Promise.all([readReceiver(), readSubscriptions()]);
}

/** What the mock's own receiver got, when it is open. */
export function OwnReceiverView() {
  if (!state.value) return null;
  const { receiver, received } = state.value;
  const total = received[0]?.id ?? 0; // they are numbered
  if (!receiver) {
    return (
      <form
        class="row end bar-of-tab"
        onSubmit={(event) => {
          event.preventDefault();
          void openOwnReceiver(String(new FormData(event.currentTarget).get("version")));
        }}
      >
        <VersionChoice label="Told by" usual={versionSeen()} />
        <button type="submit">Open the mock's own receiver</button>
      </form>
    );
  }
  return (
    <details class="note">
      <summary>
        The mock's own receiver got {total === 0 ? "nothing yet" : total === 1 ? "1 webhook" : `${total} webhooks`}
      </summary>
      <p class="row">
        <bdi class="mono">{receiver.url}</bdi>
        <button type="button" onClick={() => act(closeReceiver)}>
          Close it
        </button>
      </p>
      {total > received.length && <p class="muted">The newest {received.length} are shown.</p>}
      <ul aria-label="Received webhooks, newest first">
        {received.map(({ id, event, at, verified, why, body }) => (
          <li key={id}>
            <JsonTree name={`${event}, ${secondsText(at)}${verified ? ", verified" : ""}`} value={parsed(body)} open={0} />
            {!verified && <p class="state failed">Not verified: {why}</p>}
          </li>
        ))}
      </ul>
    </details>
  );
}

function parsed(body: unknown): unknown {
  if (typeof body !== "string") return body;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
