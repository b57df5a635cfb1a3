import { act } from "./action";
import { call, type Schemas } from "./api";
import { FieldTrouble } from "./dialog";
import { faultOutcome } from "./outcome";
import { faults, noteFaults, profiles } from "./store";

/** How many rules may still act. */
export function armedCount(): number {
  return faults.value.filter(({ spent }) => !spent).length;
}

/** What goes wrong on purpose. */
export function FaultsTab() {
  const armed = faults.value;
  return (
    <>
      {armed.length === 0 ? (
        <p class="empty">No fault is armed: everything goes well. Arm a profile, or a rule of your own.</p>
      ) : (
        <>
          <p class="row end bar-of-tab">
            <button type="button" onClick={disarmAll}>
              Disarm all
            </button>
          </p>
          <ul class="items" aria-label="Armed faults">
            {armed.map((fault) => (
              <FaultRow key={fault.name} fault={fault} />
            ))}
          </ul>
        </>
      )}
      <h3>Profiles</h3>
      {Object.entries(profiles.value).map(([profile, about]) => (
        <p key={profile} class="row profile">
          <button type="button" onClick={() => arm({ profile })}>
            {profile}
          </button>
          <span class="muted">{about}</span>
        </p>
      ))}
      <h3>A rule</h3>
      <p class="row wrap">
        {EXAMPLES.map(([title, rule]) => (
          <button key={title} type="button" onClick={() => arm(rule)}>
            {title}
          </button>
        ))}
      </p>
      <OwnRule />
    </>
  );
}

const EXAMPLES = [
  ["The next call answers 503", { fault: "status", status: 503, first: 1 }],
  ["Every answer takes 3 s", { fault: "latency", ms: 3000 }],
  ["The next answer is lost", { fault: "reset-before-headers", first: 1 }],
  ["Webhooks come twice", { fault: "webhook-duplicate" }],
  ["Webhooks are badly signed", { fault: "webhook-bad-signature" }],
  ["No webhook comes", { fault: "webhook-drop" }],
] as const;

function arm(body: Readonly<Record<string, unknown>>): Promise<boolean> {
  return act(async () => noteFaults(await call("post", "/faults", { body })));
}

export function disarmAll(): Promise<boolean> {
  return act(() => call("delete", "/faults"));
}

function FaultRow({ fault }: { readonly fault: Schemas["ArmedFault"] }) {
  const { name, fault: kind, matches, hits, left, spent, ...options } = fault;
  const words = Object.entries(options).map(
    ([key, value]) => `${key}=${Array.isArray(value) ? value.join(",") : String(value)}`,
  );
  return (
    <li>
      <div class="item">
        <span class="name">
          <bdi>{name}</bdi>
        </span>
        <button
          type="button"
          aria-label={`Disarm ${name}`}
          onClick={() => act(() => call("delete", "/faults/{name}", { path: { name } }))}
        >
          Disarm
        </button>
        <span class="state mono">
          <bdi>{[kind, ...words].join(" ")}</bdi>
        </span>
        <span class="state">{faultOutcome(fault)}</span>
      </div>
    </li>
  );
}

function ruleIn(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('That is no JSON: a rule is written as {"fault": "latency", "ms": 3000}');
  }
}

function OwnRule() {
  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const text = String(new FormData(form).get("rule"));
    if (await act(async () => noteFaults(await call("post", "/faults", { body: ruleIn(text) })), "rule")) form.reset();
  };
  return (
    <form onSubmit={send}>
      <label class="field">
        <span>Your own, as JSON</span>
        <textarea
          name="rule"
          rows={3}
          class="mono"
          spellcheck={false}
          required
          placeholder='{"fault": "latency", "ms": 3000, "every": 3}'
        />
        <FieldTrouble field="rule" />
        <small>
          <code>fault</code> says what goes wrong; <code>operation</code>, <code>method</code>, <code>path</code>,{" "}
          <code>participant</code> or <code>event</code> of what; <code>first</code>, <code>every</code>, <code>after</code>,{" "}
          <code>until</code> or <code>probability</code> when. docs/faults.md in the package has all.
        </small>
      </label>
      <p class="row">
        <button type="submit" class="main">
          Arm
        </button>
      </p>
    </form>
  );
}
