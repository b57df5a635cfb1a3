import { signal } from "@preact/signals";
import diff, { type Difference } from "microdiff";
import { useEffect } from "preact/hooks";
import { act } from "./action";
import { call, loadDocument, SANDBOX } from "./api";
import { chatTotal } from "./chat-list";
import { Dialog, FieldTrouble, openDialog } from "./dialog";
import { JsonTree } from "./json-tree";
import { changeCount } from "./store";
import { soon } from "./webhook-log";

const world = signal<
  | { readonly now: object; readonly seed: object; readonly differences: readonly Difference[]; readonly asOf: number }
  | undefined
>(undefined);
/** A world with more conversations is read when somebody asks. */
const MANY_CHATS = 2000;
const MOST_SHOWN = 200;

const READ_AFTER_MS = 300;

let isReading = false;

async function readState(): Promise<void> {
  if (isReading) return;
  isReading = true;
  try {
    const asOf = changeCount.peek();
    const [now, seed] = await Promise.all([call("get", "/state"), call("get", "/state", { query: { of: "seed" } })]);
    world.value = { now, seed, differences: diff(byId(seed), byId(now), { cyclesFix: false }), asOf };
  } finally {
    isReading = false;
  }
}

const readSoon = soon(READ_AFTER_MS, readState);

/** The world as a tree, and what differs from the seed. */
export function StateTab() {
  const shown = world.value;
  const isMany = chatTotal.value > MANY_CHATS;
  const isOld = shown !== undefined && shown.asOf !== changeCount.value;
  useEffect(() => {
    if (isMany || (shown && !isOld)) return;
    if (shown)
      readSoon(); // again, when what was read is old by then
    else void readState();
  }, [shown, changeCount.value, isMany]);
  if (!shown) {
    return (
      <div class="empty">
        <p>
          {isMany
            ? `The world has ${chatTotal.value.toLocaleString("en")} conversations; reading it takes a while.`
            : "Reading the world ..."}
        </p>
        <button type="button" onClick={() => act(readState)}>
          Read it
        </button>
      </div>
    );
  }
  return (
    <>
      {isMany && isOld && (
        <p class="row end bar-of-tab">
          <button type="button" onClick={() => act(readState)}>
            Read again
          </button>
        </p>
      )}
      <p class="row wrap">
        <button type="button" onClick={() => save(shown.now)}>
          Save as a fixture file
        </button>
        <button type="button" onClick={() => openDialog("load")}>
          Load a fixture file
        </button>
      </p>
      <LoadDialog />
      <h3>What differs from the seed</h3>
      <Differences found={shown.differences} />
      <h3>The world</h3>
      <JsonTree value={shown.now} open={1} />
    </>
  );
}

function save(state: object): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(state, null, 2)], { type: "application/json" }));
  const link = document.createElement("a");
  Object.assign(link, { href: url, download: `${SANDBOX}.json` }).click();
  URL.revokeObjectURL(url);
}

/** Asks for a file to put in the place of the world. */
function LoadDialog() {
  const load = (fields: FormData): Promise<boolean> =>
    act(async () => {
      const text = await (fields.get("file") as File).text();
      await loadDocument(text);
    }, "file");
  return (
    <Dialog name="load" title="Load a fixture file" submit={{ label: "Load", act: load }}>
      <p>
        What it has takes the place of this world, and the lists of requests and webhooks are emptied. That can be undone once,
        as a reset; the lists do not come back.
      </p>
      <label class="field">
        <span>A file as JSON or YAML, such as one that was saved here</span>
        <input name="file" type="file" accept=".json,.yaml,.yml" required />
        <FieldTrouble field="file" />
      </label>
    </Dialog>
  );
}

function Differences({ found }: { readonly found: readonly Difference[] }) {
  if (found.length === 0) return <p class="muted">Nothing: the world is as it was at the start.</p>;
  return (
    <ul class="differences">
      {found.slice(0, MOST_SHOWN).map((one) => (
        <li key={one.path.join("/")}>
          <bdi class="key">{one.path.join(" / ")}</bdi> {wordsOf(one)}
        </li>
      ))}
      {found.length > MOST_SHOWN && <li class="muted">and {found.length - MOST_SHOWN} more</li>}
    </ul>
  );
}

function wordsOf(difference: Difference) {
  if (difference.type === "REMOVE") return <b>is gone</b>;
  if (difference.type === "CREATE") {
    return (
      <>
        <b>is new</b> <JsonTree value={difference.value} open={0} />
      </>
    );
  }
  return (
    <>
      was <bdi class="scalar">{shortJson(difference.oldValue)}</bdi>, <b>is</b>{" "}
      <bdi class="scalar">{shortJson(difference.value)}</bdi>
    </>
  );
}

function shortJson(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 120 ? `${text.slice(0, 120)} ...` : text;
}

/** Lists of records by their ids, so that one more at the front is one difference. */
function byId(value: unknown): Record<string, unknown> {
  return convert(value) as Record<string, unknown>;
}

function convert(value: unknown): unknown {
  if (Array.isArray(value)) {
    const isList = value.every((one) => typeof one === "object" && one !== null && keyOf(one) !== undefined);
    return isList ? Object.fromEntries(value.map((one) => [keyOf(one), convert(one)])) : value.map(convert);
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, convert(one)]));
}

function keyOf(record: object): unknown {
  const { id, phone_number, name } = record as { id?: unknown; phone_number?: unknown; name?: unknown };
  return id ?? phone_number ?? name;
}
