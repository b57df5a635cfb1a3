import { act, trouble } from "./action";
import { call, openSandbox, SANDBOX } from "./api";
import { sandboxPage } from "./sandbox-dialogs";
import { closedReason } from "./store";
import { reconnect } from "./stream";

/** The screen while the mock answers nobody who has not shown the control token. */
export function Closed() {
  const { code, message, hint } = closedReason.value ?? {};
  const isTokenWanted = code === "control_token_wrong";
  const give = (event: SubmitEvent): void => {
    event.preventDefault();
    const token = String(new FormData(event.currentTarget as HTMLFormElement).get("token"));
    void act(async () => {
      await call("post", "/session", { body: { token } });
      reconnect();
    });
  };
  return (
    <main class="closed">
      <h1>linq-mock</h1>
      <p>{isTokenWanted ? "This mock wants its control token, the value of --control-token." : `${message}.`}</p>
      {!isTokenWanted && <p>{hint}</p>}
      {isTokenWanted && (
        <form onSubmit={give}>
          <label class="field">
            <span>Control token</span>
            <input name="token" type="password" autocomplete="off" required />
          </label>
          <button type="submit" class="main">
            Enter
          </button>
        </form>
      )}
      <Refused />
    </main>
  );
}

function Refused() {
  return (
    trouble.value && (
      <p role="alert" class="bad">
        {trouble.value.message}.
      </p>
    )
  );
}

/** The screen when there is no such sandbox: it is opened when somebody says so, or by the first call of an app. */
export function NoSandbox() {
  return (
    <main class="closed">
      <h1>linq-mock</h1>
      <p>
        There is no sandbox <bdi>{SANDBOX}</bdi>. The first call of an app opens it, or:
      </p>
      <button type="button" class="main" onClick={() => act(openSandbox)}>
        New sandbox {SANDBOX}
      </button>
      <a href={sandboxPage("default")}>To the default sandbox</a>
      <Refused />
    </main>
  );
}
