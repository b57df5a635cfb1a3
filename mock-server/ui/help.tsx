import { BASE } from "./api";
import { Dialog } from "./dialog";
import { KEYS } from "./keys";
import { keysAreOn, turnKeys } from "./preferences";

/** The keys, and where to read on. */
export function Help() {
  return (
    <Dialog name="help" title="Keys and help">
      <dl class="keys">
        {KEYS.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              {keys.split(" ").map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>Enter</kbd>
          </dt>
          <dd>open the row</dd>
        </div>
        <div>
          <dt>
            <kbd>Esc</kbd>
          </dt>
          <dd>back to the row</dd>
        </div>
      </dl>
      <label class="inline">
        <input type="checkbox" checked={keysAreOn.value} onChange={({ currentTarget }) => turnKeys(currentTarget.checked)} />{" "}
        Single keys do something
      </label>
      <p class="muted">
        Every button here is one call of <bdi class="mono">{BASE}/__mock</bdi>; its document is at{" "}
        <a href="../openapi.json" target="_blank" rel="noopener">
          openapi.json
        </a>
        . <a href="#/start">The first steps</a>
      </p>
    </Dialog>
  );
}
