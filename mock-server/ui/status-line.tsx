import { trouble } from "./action";
import { place } from "./address";
import { redeliver } from "./delivery";
import { dialog, Trouble } from "./dialog";
import { deliveriesOf } from "./linked";
import { worstOf } from "./outcome";
import { PAGE_VERSION } from "./page-version";
import { connection, deliveries, lastWords, serverVersion, webhookEvents } from "./store";

/** The last event in one sentence, what is wrong, and the key that repeats it. */
export function StatusLine() {
  const state = connection.value;
  const other = serverVersion.value;
  const target = redeliverable();
  return (
    <footer class="status">
      <p role="status" class="said">
        {state === "gone" && <b class="bad">The mock has stopped, or cannot be reached. Trying again ... </b>}
        {state === "connecting" && "Connecting ... "}
        {other !== "" && other !== PAGE_VERSION && (
          <b class="warn">
            The server is version {other}, this page {PAGE_VERSION}:{" "}
            <button type="button" onClick={() => location.reload()}>
              Load it again
            </button>
          </b>
        )}
        {state === "live" && <bdi>{lastWords.value || "Connected. What happens is told here."}</bdi>}
      </p>
      {dialog.value === undefined && <Trouble />}
      {target !== undefined && (
        <button type="button" class="again" onClick={() => redeliver(target)}>
          Redeliver <kbd>r</kbd>
        </button>
      )}
    </footer>
  );
}

/** The delivery that is meant when none is named: of the event that is open, else of the last; where several got it, the one that fared worst. */
function redeliverable(): number | undefined {
  const { tab, item } = place.value;
  const open = tab === "webhooks" && item !== undefined ? webhookEvents.value.get(Number(item)) : undefined;
  if (open && open.deliveries.length > 0) return worstOf(deliveriesOf(open))?.id ?? open.deliveries.at(-1);
  const last = deliveries.value.get(Math.max(...deliveries.value.keys()));
  return last && worstOf(deliveriesOf(last))?.id;
}

export function redeliverLast(): void {
  const id = redeliverable();
  if (id === undefined) trouble.value = { message: "There is nothing to redeliver" };
  else void redeliver(id);
}
