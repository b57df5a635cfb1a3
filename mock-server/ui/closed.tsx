import { act, trouble } from "./action";
import { call } from "./api";
import { refusal } from "./store";
import { reconnect } from "./stream";

/** In the place of everything, while the mock answers nobody who has not shown the control token. */
export function Closed() {
  const { code, message, hint } = refusal.value ?? {};
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
      {trouble.value && (
        <p role="alert" class="bad">
          {trouble.value.message}.
        </p>
      )}
    </main>
  );
}
