import { act } from "./action";
import { place } from "./address";
import { BASE, call, SANDBOX } from "./api";
import { Dialog, Field } from "./dialog";
import { changeWorld, isAppSubscribed, SUBSCRIBE_AGAIN } from "./status-text";

/** The page of a sandbox. */
export function sandboxPage(name: string): string {
  const root = BASE.replace(/\/s\/[^/]+$/, "");
  return `${root}${name === "default" ? "" : `/s/${name}`}/__mock/ui/`;
}

const NAME_HINT = "Letters, digits, _ and -, up to 64; left empty, it gets a number";

/** Questions before a world is made, left or lost. */
export function SandboxDialogs() {
  const { message } = place.value;
  const make = (fields: FormData): Promise<boolean> => {
    const name = String(fields.get("name")).trim();
    return act(async () => {
      const { sandbox } = await call("post", "/sandboxes", { body: name === "" ? {} : { name } });
      location.assign(sandboxPage(sandbox.name));
    });
  };
  const fork = (fields: FormData): Promise<boolean> => {
    const name = String(fields.get("as")).trim();
    const isAtMessage = message !== undefined && fields.get("at") !== null;
    const body = { ...(name !== "" && { as: name }), ...(isAtMessage && { at_message: message }) };
    return act(async () => {
      const { sandbox } = await call("post", "/sandboxes/{name}/fork", { path: { name: SANDBOX }, body });
      location.assign(sandboxPage(sandbox.name) + location.hash); // to what was looked at
    });
  };
  const drop = (): Promise<boolean> =>
    act(async () => {
      await call("delete", "/sandboxes/{name}", { path: { name: SANDBOX } });
      location.assign(sandboxPage("default"));
    });
  return (
    <>
      <Dialog name="reset" title="Reset this sandbox?" submit={{ label: "Reset", act: () => act(() => changeWorld("/reset")) }}>
        <p>
          The world goes back to how it was at the start. That can be undone once; the lists of requests and webhooks do not
          come back. {isAppSubscribed.value && SUBSCRIBE_AGAIN}
        </p>
      </Dialog>
      <Dialog name="new-sandbox" title="New sandbox" submit={{ label: "Open", act: make }}>
        <Field label="Name" name="name" hint={NAME_HINT} />
      </Dialog>
      {(["fork", "fork-here"] as const).map((name) => (
        <Dialog key={name} name={name} title="Fork this sandbox" submit={{ label: "Fork", act: fork }}>
          <p>
            A copy under another name, to try something in. Who is subscribed here is there, too, and is told what happens in
            the copy; nothing is sent again.
          </p>
          <Field label="Name of the copy" name="as" hint={NAME_HINT} />
          {message !== undefined && (
            <label class="inline">
              <input type="checkbox" name="at" defaultChecked={name === "fork-here"} /> As the world was just after message{" "}
              {message}
            </label>
          )}
        </Dialog>
      ))}
      <Dialog name="drop-sandbox" title={`Drop the sandbox ${SANDBOX}?`} submit={{ label: "Drop", act: drop }}>
        <p>Its world is lost.</p>
      </Dialog>
    </>
  );
}
