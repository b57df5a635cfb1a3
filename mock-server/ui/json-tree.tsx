import { useState } from "preact/hooks";

const WINDOW = 200;
const LONG = 300;

interface JsonTreeProps {
  readonly value: unknown;
  readonly name?: string | undefined;
  /** How many levels are open at first. */
  readonly open?: number;
}

/** JSON to look into. What is folded is not in the page. */
export function JsonTree({ value, name, open = 1 }: JsonTreeProps) {
  const [isOpen, setOpen] = useState(open > 0);
  if (typeof value !== "object" || value === null) {
    return (
      <div class="leaf">
        {name !== undefined && <Name text={name} />}
        <Scalar value={value} />
      </div>
    );
  }
  const entries = Object.entries(value);
  const size = Array.isArray(value) ? `${entries.length} ${entries.length === 1 ? "entry" : "entries"}` : "";
  if (entries.length === 0) {
    return (
      <div class="leaf">
        {name !== undefined && <Name text={name} />}
        <span class="muted">{Array.isArray(value) ? "[ ]" : "{ }"}</span>
      </div>
    );
  }
  if (name === undefined && open > 0) return <Entries entries={entries} open={open - 1} />;
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {name === undefined ? (
          <span class="muted">{Array.isArray(value) ? "list" : "object"}</span>
        ) : (
          <bdi class="key">{name}</bdi>
        )}{" "}
        <bdi class="muted">{size || previewOf(value)}</bdi>
      </summary>
      {isOpen && <Entries entries={entries} open={open - 1} />}
    </details>
  );
}

function Entries({ entries, open }: { readonly entries: [string, unknown][]; readonly open: number }) {
  const [most, setMost] = useState(WINDOW);
  return (
    <div class="entries">
      {entries.slice(0, most).map(([key, value]) => (
        <JsonTree key={key} name={key} value={value} open={open} />
      ))}
      {entries.length > most && (
        <button type="button" onClick={() => setMost(most + WINDOW)}>
          {Math.min(WINDOW, entries.length - most)} more of {entries.length - most}
        </button>
      )}
    </div>
  );
}

function Name({ text }: { readonly text: string }) {
  return (
    <>
      <bdi class="key">{text}</bdi>:{" "}
    </>
  );
}

function Scalar({ value }: { readonly value: unknown }) {
  const text = JSON.stringify(value) ?? "undefined";
  if (text.length > LONG) {
    return (
      <bdi class="scalar" title="shortened">
        {text.slice(0, LONG)} ... ({text.length.toLocaleString("en")} characters)
      </bdi>
    );
  }
  return <bdi class={typeof value === "string" ? "scalar text" : "scalar"}>{text}</bdi>;
}

/** What an object is, by the first of its fields that says so. */
function previewOf(value: object): string {
  const [key, found] = Object.entries(value).find(([, one]) => typeof one !== "object") ?? [];
  return key === undefined ? "" : `${key}: ${String(found).slice(0, 40)}`;
}
