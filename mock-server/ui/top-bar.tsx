import { act } from "./action";
import { addressWith, place } from "./address";
import { BASE, SANDBOX } from "./api";
import { clockMode, dayText, mockNow, momentText, moveClock, nextDue, secondsText, showDue } from "./clock";
import { openDialog } from "./dialog";
import { armedCount, disarmAll } from "./faults";
import { PAGE_VERSION } from "./page-version";
import { sandboxPage } from "./sandbox-dialogs";
import { changeWorld } from "./status-text";
import { canUndo, connection, sandboxes } from "./store";
import { durationText, isolated } from "./wording";

/** Above everything: which mock, which sandbox, what time, what goes wrong. */
export function Bar() {
  const armed = armedCount();
  return (
    <header class="bar">
      <h1>
        <a href="#/start">linq-mock</a> <small>{PAGE_VERSION}</small>
      </h1>
      <b class="badge">LOCAL MOCK</b>
      {connection.value === "gone" && <b class="bad">disconnected</b>}
      <SandboxMenu />
      <ClockMenu />
      <a
        class={armed === 0 ? "button quiet no-faults" : "button quiet"}
        href={addressWith({ pane: "inspector", tab: "faults", item: undefined })}
      >
        {armed === 0 ? "No faults" : armed === 1 ? "1 fault" : `${armed} faults`} {armed > 0 && <span class="word">armed</span>}
      </a>
      {armed > 0 && (
        <button type="button" class="disarm" onClick={disarmAll}>
          Disarm
        </button>
      )}
      <span class="gap" />
      {place.value.pane !== "inspector" && (
        <a class="button quiet to-inspector" href={addressWith({ pane: "inspector" })}>
          Inspector
        </a>
      )}
      <button type="button" class="quiet" aria-label="Help and keys" onClick={() => openDialog("help")}>
        ?
      </button>
    </header>
  );
}

function SandboxMenu() {
  return (
    <>
      <button type="button" popovertarget="sandbox-menu">
        <span class="word">Sandbox</span> <bdi>{SANDBOX}</bdi>
      </button>
      <div id="sandbox-menu" popover="auto" class="menu">
        <p class="muted">
          Worlds of their own; this one is at <bdi class="mono">{BASE}</bdi>
        </p>
        <ul aria-label="Sandboxes">
          {sandboxes.value.map(({ name }) => (
            <li key={name}>
              <a href={sandboxPage(name)} aria-current={name === SANDBOX ? "page" : undefined}>
                <bdi>{name}</bdi>
              </a>
            </li>
          ))}
        </ul>
        <p class="row wrap">
          <button type="button" onClick={() => openDialog("new-sandbox")}>
            New sandbox
          </button>
          <button type="button" onClick={() => openDialog("fork")}>
            Fork this
          </button>
          {SANDBOX !== "default" && (
            <button type="button" onClick={() => openDialog("drop-sandbox")}>
              Drop this
            </button>
          )}
        </p>
        <p class="row wrap">
          <button type="button" onClick={() => openDialog("reset")}>
            Reset
          </button>
          {canUndo.value && (
            <button type="button" onClick={() => act(() => changeWorld("/reset/undo"))}>
              Undo the reset or load
            </button>
          )}
        </p>
      </div>
    </>
  );
}

const MINUTE_MS = 60_000;
/** How far the mock's clock may be off the machine's before it is said. */
const NOTICED_MS = 5000;

function ClockMenu() {
  const now = mockNow();
  const isFrozen = clockMode() === "frozen";
  const due = nextDue();
  const ahead = now - Date.now();
  const isAhead = Math.abs(ahead) > NOTICED_MS;
  const set = (event: SubmitEvent): void => {
    event.preventDefault();
    const value = String(new FormData(event.currentTarget as HTMLFormElement).get("at"));
    void act(() => moveClock({ freeze: new Date(value).toISOString() }));
  };
  return (
    <>
      <button type="button" class="clock" popovertarget="clock-menu">
        <span class="hidden">Clock </span>
        {momentText(now)}
        {isFrozen && " paused"}
      </button>
      <div id="clock-menu" popover="auto" class="menu" onToggle={({ newState }) => showDue(newState === "open")}>
        <p>
          {dayText(now)}, {secondsText(now)}
          <br />
          <span class="muted">
            {isAhead && `${ahead > 0 ? "Ahead of" : "Behind"} the machine by ${durationText(Math.abs(ahead))}. `}
            {due
              ? `The next event is due in ${durationText(Date.parse(due.at) - now)}: ${isolated(due.what)}.`
              : "Nothing is due."}
          </span>
        </p>
        <p class="row wrap">
          <button type="button" onClick={() => act(() => moveClock(isFrozen ? { resume: true } : { pause: true }))}>
            {isFrozen ? "Go on from here" : "Pause"}
          </button>
          {(isFrozen || isAhead) && (
            <button type="button" onClick={() => act(() => moveClock({ mode: "real" }))}>
              Run with the machine (jumps to its time)
            </button>
          )}
          <button type="button" onClick={() => act(() => moveClock({ advance_ms: MINUTE_MS }))}>
            +1 min
          </button>
          <button type="button" onClick={() => act(() => moveClock({ advance_ms: 60 * MINUTE_MS }))}>
            +1 h
          </button>
          <button type="button" disabled={due === null} onClick={() => act(() => moveClock({ next_event: true }))}>
            Next event
          </button>
        </p>
        <form onSubmit={set}>
          <label class="field">
            <span>Stop at</span>
            <input type="datetime-local" name="at" step="1" required />
          </label>
          <p class="row end">
            <button type="submit">Set</button>
          </p>
        </form>
      </div>
    </>
  );
}
