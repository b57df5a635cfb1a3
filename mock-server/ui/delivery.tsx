import { useState } from "preact/hooks";
import { act } from "./action";
import { call, type Schemas } from "./api";
import { mockNow, noteClock, secondsText } from "./clock";
import { JsonTree } from "./json-tree";
import { deliveryOutcome } from "./outcome";
import { subscriptions } from "./status-text";
import { apis } from "./store";
import { deliveries } from "./webhook-log";

/** What became of a delivery, in words. */
export function deliveryWords(delivery: Schemas["Delivery"]): string {
  const subscription = subscriptions.value.find(({ id }) => id === delivery.subscription_id);
  const atMost = apis.value.find(({ version }) => version === subscription?.version)?.delivery_attempts;
  return deliveryOutcome(delivery, mockNow(), { isPaused: subscription?.active === false, atMost });
}

/** A delivery, opened: its attempts, its bytes, and what can be done with it. */
export function DeliveryDetails({ delivery }: { readonly delivery: Schemas["Delivery"] }) {
  const { id, url, status, attempts, body, fault, created_at } = delivery;
  return (
    <section class="delivery" aria-label={`Delivery ${id}`}>
      <p>
        <b>Delivery {id}</b>, {secondsText(created_at)}, to <bdi class="mono">{url}</bdi>
      </p>
      <p class={`state ${status}`}>{deliveryWords(delivery)}</p>
      {fault && <p class="note">A fault touched it: {fault}</p>}
      <DeliveryActions delivery={delivery} />
      {attempts.length > 0 && <Attempts attempts={attempts} />}
      <Verify id={id} />
      <details>
        <summary>Body</summary>
        <Body text={body} />
      </details>
      {attempts.at(-1) && (
        <details>
          <summary>Headers</summary>
          <dl class="headers">
            {Object.entries(attempts.at(-1)?.headers ?? {}).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
}

type How = { readonly copies?: number; readonly signature?: "good" | "spoilt"; readonly delay_ms?: number };

/** Sends it again. Resolves with the ids of the new deliveries. */
export async function deliverAgain(id: number, how: How = {}): Promise<readonly number[]> {
  let copies: readonly number[] = [];
  await act(async () => {
    copies = (await call("post", "/deliveries/{id}/redeliver", { path: { id: String(id) }, body: how })).copies ?? [];
  });
  return copies;
}

function DeliveryActions({ delivery: { id, status, subscription_id } }: { readonly delivery: Schemas["Delivery"] }) {
  const [again, setAgain] = useState<readonly number[]>([]);
  const path = { id: String(id) };
  const send = async (how?: How): Promise<void> => setAgain(await deliverAgain(id, how));
  const isUnsigned = subscriptions.value.some((one) => one.id === subscription_id && !one.signed);
  if (status === "pending") {
    return (
      <p class="row wrap">
        <button
          type="button"
          onClick={() => act(async () => noteClock((await call("post", "/deliveries/{id}/run", { path })).clock))}
        >
          Run to the next try (moves the clock)
        </button>
        <button type="button" onClick={() => act(() => call("post", "/deliveries/{id}/delay", { path, body: { ms: 10_000 } }))}>
          Delay 10 s
        </button>
        <button type="button" onClick={() => act(() => call("post", "/deliveries/{id}/drop", { path }))}>
          Drop
        </button>
      </p>
    );
  }
  return (
    <p class="row wrap">
      <button type="button" onClick={() => send()}>
        Redeliver
      </button>
      <button type="button" onClick={() => send({ copies: 2 })}>
        Send twice
      </button>
      <button type="button" onClick={() => send({ delay_ms: 10_000 })}>
        Send in 10 s
      </button>
      <button type="button" disabled={isUnsigned} onClick={() => send({ signature: "spoilt" })}>
        Send badly signed{isUnsigned && " (this subscription signs nothing)"}
      </button>
      <output>
        {again.map((copy) => (
          <span key={copy} class="block">
            Delivery {copy}, {wordsOfCopy(copy)}
          </span>
        ))}
      </output>
    </p>
  );
}

function wordsOfCopy(id: number): string {
  const copy = deliveries.value.get(id);
  return copy ? deliveryWords(copy) : "under way";
}

/** Of the answer to a failed attempt, in characters. */
const ANSWER_SHOWN = 200;

function Attempts({ attempts }: { readonly attempts: Schemas["Delivery"]["attempts"] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Attempt</th>
          <th scope="col">At</th>
          <th scope="col">ms</th>
          <th scope="col">Answer</th>
        </tr>
      </thead>
      <tbody>
        {attempts.map(({ at, ms, status, error, answer }, index) => (
          <tr key={at + String(index)}>
            <td>{index + 1}</td>
            <td>{secondsText(at)}</td>
            <td>{Math.round(ms)}</td>
            <td>
              <bdi>{[status, error].filter(Boolean).join(": ")}</bdi>
              {error && answer && <bdi class="block mono">{answer.slice(0, ANSWER_SHOWN)}</bdi>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Asks whether a secret verifies the signature. It is sent to the mock, and kept nowhere. */
function Verify({ id }: { readonly id: number }) {
  const [answer, setAnswer] = useState("");
  const verify = (event: SubmitEvent): void => {
    event.preventDefault();
    const secret = String(new FormData(event.currentTarget as HTMLFormElement).get("secret"));
    void act(async () => {
      const { verified, why } = await call("post", "/deliveries/{id}/verify", { path: { id: String(id) }, body: { secret } });
      setAnswer(`${verified ? "Verified" : "Not verified"}${why ? `: ${why}` : ""}`);
    });
  };
  return (
    <form class="row wrap" onSubmit={verify}>
      <label class="inline">
        Secret <input name="secret" type="password" autocomplete="off" required />
      </label>
      <button type="submit">Verify</button>
      <output>{answer}</output>
    </form>
  );
}

/** A body to read, and as it is byte for byte. */
function Body({ text }: { readonly text: string }) {
  const [isRaw, setRaw] = useState(false);
  const parsed = parse(text);
  if (parsed === undefined) return <Raw text={text} />;
  return (
    <>
      <p class="row">
        <button type="button" aria-pressed={isRaw} onClick={() => setRaw(!isRaw)}>
          As sent, {new TextEncoder().encode(text).length} bytes
        </button>
      </p>
      {isRaw ? <Raw text={text} /> : <JsonTree value={parsed} open={3} />}
    </>
  );
}

function Raw({ text }: { readonly text: string }) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
  return <pre tabIndex={0}>{text}</pre>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
