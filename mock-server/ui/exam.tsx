import { signal } from "@preact/signals";
import { act, trouble } from "./action";
import { type Answer, call } from "./api";
import { FieldTrouble } from "./dialog";
import { subscriptions } from "./status-text";
import { VersionChoice } from "./subscriptions";

const exam = signal<Answer<"/exam", "post">["exam"] | undefined>(undefined);
const isRunning = signal(false);
/** What was typed; until then it is that of a subscription. */
const typed = signal<string | undefined>(undefined);

/** Whether somebody knows what an app may do that is told of something. */
const mayWrite = signal(false);

const RESULTS = { passed: "passed", failed: "failed", advice: "passed, with advice", not_asked: "not asked" } as const;

/** Sends an app's receiver what real life sends, and grades it. */
export function ExamView() {
  const subscribed = subscriptions.value.find(({ origin }) => origin !== "receiver");
  const url = typed.value ?? subscribed?.url ?? "http://localhost:3000/";
  const take = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    trouble.value = undefined;
    if (!mayWrite.value) {
      trouble.value = { message: "Tick first that you know what it may do", field: "exam" };
      return;
    }
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    const [secret, version] = [String(fields.get("secret")), String(fields.get("version"))];
    const body = { url, version, ...(secret !== "" && { secret }) };
    typed.value = url;
    exam.value = undefined;
    isRunning.value = true;
    await act(async () => {
      exam.value = (await call("post", "/exam", { body })).exam;
    }, "exam");
    isRunning.value = false;
  };
  return (
    <details class="note exam">
      <summary>Receiver exam</summary>
      <p>
        Sends what real life sends: twice, out of order, late, badly signed, huge, unknown. The mock itself changes nothing
        here.
      </p>
      <form onSubmit={take}>
        <label class="field">
          <span>Your receiver</span>
          <input
            name="url"
            value={url}
            onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
            required
            autocomplete="off"
            spellcheck={false}
          />
        </label>
        <label class="field">
          <span>Its secret, if it checks signatures</span>
          <input name="secret" type="password" autocomplete="off" />
        </label>
        <label class="inline">
          <input
            type="checkbox"
            checked={mayWrite.value}
            onChange={({ currentTarget }) => (mayWrite.value = currentTarget.checked)}
          />{" "}
          I know: the exam sends your receiver signed events as your app would get them, and may so make your app answer into
          this sandbox
        </label>
        <FieldTrouble field="exam" />
        <p class="row end">
          <VersionChoice label="API version" usual={subscribed?.version} />
          <button type="submit" class="main" disabled={isRunning.value}>
            {isRunning.value ? "Under examination ..." : "Examine it"}
          </button>
        </p>
      </form>
      {exam.value && (
        <section aria-label="Result of the exam">
          <h3>Grade {exam.value.grade}</h3>
          <p>
            of <bdi class="mono">{exam.value.url}</bdi>, told in the words of {exam.value.version}
          </p>
          <ul>
            {exam.value.checks.map(({ id, title, result, reason, advice }) => (
              <li key={id}>
                <b>{title}</b>:{" "}
                <span class={`state ${result === "failed" ? "failed" : result === "passed" ? "delivered" : "warn"}`}>
                  {RESULTS[result]}
                </span>
                <p class="muted">
                  {reason} {advice}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </details>
  );
}
