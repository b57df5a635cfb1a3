import { About } from "./about";
import { act, trouble } from "./action";
import { addressWith } from "./address";
import type { Schemas } from "./api";
import { deliverAgain } from "./delivery";
import { dialog, Trouble } from "./dialog";
import { worstOf } from "./outcome";
import { PAGE_VERSION } from "./page-version";
import { changeWorld, statusText } from "./status-text";
import { canUndo, connection, serverVersion } from "./store";
import { deliveries, deliveriesOf, openEvent, webhookEvents } from "./webhook-log";

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
        {state === "live" && <LastWords />}
      </p>
      {state === "live" && statusText.value.isReset && canUndo.value && (
        <button type="button" class="undo" onClick={() => act(() => changeWorld("/reset/undo"))}>
          Undo
        </button>
      )}
      {dialog.value === undefined && <Trouble />}
      {target && (
        <button type="button" class="again" onClick={() => redeliverLast()}>
          Redeliver{" "}
          <span class="what">
            {target.event} <About chat={webhookEvents.value.get(target.webhook_event_id)?.chat_id ?? null} />
          </span>{" "}
          <kbd>r</kbd>
        </button>
      )}
    </footer>
  );
}

/** The last event, and the way to it. */
function LastWords() {
  const { text, event } = statusText.value;
  const said = <bdi>{text || "Connected. What happens is told here."}</bdi>;
  if (event === undefined) return said;
  return <a href={addressWith({ pane: "inspector", tab: "webhooks", item: String(event) })}>{said}</a>;
}

/** The delivery that is meant when none is named: of the event that is open, else of the one that the line is about; where several got it, the one that fared worst. */
function redeliverable(focused?: number): Schemas["Delivery"] | undefined {
  const meant = focused ?? openEvent.value ?? statusText.value.event;
  const known = meant === undefined ? lastDelivery() : webhookEvents.value.get(meant);
  return known && worstOf(deliveriesOf(known));
}

function lastDelivery(): Schemas["Delivery"] | undefined {
  return deliveries.value.get(Math.max(...deliveries.value.keys()));
}

/** Sends again the event whose row has the focus or, without one, what the button names, or the last. */
export function redeliverLast(): void {
  const [, focused] = /^event-(\d+)$/.exec(document.activeElement?.closest("li")?.id ?? "") ?? [];
  const target = focused === undefined ? (redeliverable() ?? lastDelivery()) : redeliverable(Number(focused));
  if (target) void deliverAgain(target.id);
  else trouble.value = { message: "There is nothing to redeliver" };
}
