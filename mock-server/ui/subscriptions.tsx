import { useEffect, useRef, useState } from "preact/hooks";
import { act } from "./action";
import { call, type Schemas } from "./api";
import { Command } from "./copyable-command";
import { Dialog, FieldTrouble, openDialog } from "./dialog";
import { subscriptions } from "./status-text";
import { apis } from "./store";

const ORIGINS = { api: "the API", fixture: "the fixtures", option: "--webhook", receiver: "the receiver of the mock" };

/** Who is told of events: to read, to add, to pause and to end. */
export function Subscriptions() {
  const known = subscriptions.value;
  return (
    <>
      {known.every(({ origin }) => origin === "receiver") && (
        <p class="note">
          <b>{known.length === 0 ? "Nobody is subscribed." : "Only the receiver of the mock is subscribed."}</b> Your app hears
          of nothing until it subscribes to webhooks. <a href="#/start">How to</a>
        </p>
      )}
      <details class="note">
        <summary>
          {known.length === 0
            ? "Subscribe a receiver"
            : known.length === 1
              ? "1 subscription"
              : `${known.length} subscriptions`}
          {known.some(({ active }) => !active) && ", some paused"}
        </summary>
        <ul aria-label="Subscriptions">
          {known.map((subscription) => (
            <SubscriptionRow key={subscription.id} subscription={subscription} />
          ))}
        </ul>
        <SubscribeForm />
      </details>
    </>
  );
}

const FEW_EVENTS = 6;

function SubscriptionRow({ subscription }: { readonly subscription: Schemas["Subscription"] }) {
  const { id, url, events, active, signed, version, origin } = subscription;
  const path = { id: String(id) };
  const end = (): Promise<boolean> => act(() => call("delete", "/subscriptions/{id}", { path }));
  return (
    <li>
      <bdi class="mono">{url}</bdi>
      <p class="muted">
        {active ? "active" : "paused"}, {signed ? "signed" : "not signed"}, {version}, by {ORIGINS[origin]}
        {events.length <= FEW_EVENTS && `: ${events.join(", ")}`}
      </p>
      {events.length > FEW_EVENTS && (
        <details>
          <summary>{events.length} events</summary>
          <p class="muted">{events.join(", ")}</p>
        </details>
      )}
      <p class="row">
        <button
          type="button"
          onClick={() => act(() => call("put", "/subscriptions/{id}", { path, body: { active: !active } }))}
        >
          {active ? "Pause it" : "Let it go on"}
        </button>
        {(origin === "api" || origin === "fixture") && (
          <button type="button" onClick={() => openDialog(`end-${id}`)}>
            End it
          </button>
        )}
      </p>
      <Dialog name={`end-${id}`} title="End this subscription?" submit={{ label: "End it", act: end }}>
        <p>
          <bdi class="mono">{url}</bdi> is told of nothing more, until your app subscribes it again.
        </p>
      </Dialog>
    </li>
  );
}

function SubscribeForm() {
  const [made, setMade] = useState<string | undefined>(undefined);
  const secret = useRef<HTMLDivElement>(null);
  useEffect(() => secret.current?.scrollIntoView({ block: "nearest" }), [made]);
  const subscribe = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const text = (name: string): string => String(new FormData(form).get(name) ?? "");
    const body = {
      url: text("url"),
      ...(text("secret") !== "" && { secret: text("secret") }),
      ...(text("version") !== "" && { version: text("version") }),
    };
    const isMade = await act(async () => setMade((await call("post", "/subscriptions", { body })).signing_secret), "subscribe");
    if (isMade) for (const field of form.querySelectorAll("input")) field.value = ""; // the version stays chosen
  };
  return (
    <form onSubmit={subscribe}>
      {subscriptions.value.length > 0 && <h4>Subscribe a receiver</h4>}
      {made !== undefined && (
        <div role="status" ref={secret}>
          <p>It is signed with this secret, which is shown this once:</p>
          <Command text={made} />
        </div>
      )}
      <label class="field">
        <span>Another receiver, told everything</span>
        <input name="url" required autocomplete="off" spellcheck={false} placeholder="http://localhost:3000/webhooks" />
        <FieldTrouble field="subscribe" />
      </label>
      <label class="field">
        <span>Secret to sign with; left empty, V3 makes one</span>
        <input name="secret" type="password" autocomplete="off" />
      </label>
      <p class="row end">
        <VersionChoice label="In the words of" />
        <button type="submit" class="main">
          Subscribe
        </button>
      </p>
    </form>
  );
}

/** The field `version` of a form: which version of the API has the words. */
export function VersionChoice({ label, usual }: { readonly label: string; readonly usual?: string | undefined }) {
  return (
    <label class="inline">
      {label}{" "}
      <select name="version">
        {apis.value.map(({ version }) => (
          <option key={version} selected={version === usual}>
            {version}
          </option>
        ))}
      </select>
    </label>
  );
}
