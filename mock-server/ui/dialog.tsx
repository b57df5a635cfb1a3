import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { trouble } from "./action";
import { momentText } from "./clock";
import { inPageWords } from "./wording";

export type DialogName =
  | "help"
  | "new-chat"
  | "call"
  | "join"
  | "reset"
  | "fork"
  | "fork-here"
  | "new-sandbox"
  | "drop-sandbox"
  | "clear-requests"
  | "load"
  | `end-${number}`;

/** Which dialog is open. */
export const dialog = signal<DialogName | undefined>(undefined);

export function openDialog(name: DialogName): void {
  trouble.value = undefined;
  dialog.value = name;
}

interface DialogProps {
  readonly name: DialogName;
  readonly title: string;
  /** What its button says, and what is done then. */
  readonly submit?: { readonly label: string; readonly act: (fields: FormData) => Promise<boolean> };
  readonly children: ComponentChildren;
}

/** A question with a form, or something to read. It is in the page only while it is open. */
export function Dialog(props: DialogProps) {
  return dialog.value === props.name ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ name, title, submit, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const close = (): void => {
    if (dialog.value !== name) return;
    trouble.value = undefined;
    dialog.value = undefined;
  };
  useEffect(() => {
    element.current?.showModal();
    return close; // what it asked about may be gone before the answer
  }, []);
  const answer = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (await submit?.act(new FormData(event.currentTarget as HTMLFormElement))) element.current?.close();
  };
  return (
    <dialog ref={element} onClose={close} aria-labelledby={`${name}-title`}>
      <form onSubmit={answer}>
        <h2 id={`${name}-title`}>{title}</h2>
        {children}
        <Trouble />
        <p class="row end">
          <button type="button" onClick={() => element.current?.close()}>
            {submit ? "Cancel" : "Close"}
          </button>
          {submit && (
            <button type="submit" class="main">
              {submit.label}
            </button>
          )}
        </p>
      </form>
    </dialog>
  );
}

/** What went wrong with the last action. */
export function Trouble() {
  if (!trouble.value) return null;
  const { message, hint, field } = trouble.value;
  if (field !== undefined && document.querySelector(`[data-field="${CSS.escape(field)}"]`)) return null; // it is said there
  return (
    <p role="alert" class="trouble">
      <bdi>{inPageWords(`${message}. ${hint ?? ""}`, momentText)}</bdi>{" "}
      {dialog.value === undefined && (
        <button type="button" onClick={() => (trouble.value = undefined)}>
          Close
        </button>
      )}
    </p>
  );
}

/** What is wrong with a field, beside it. */
export function FieldTrouble({ field }: { readonly field: string }) {
  const { message = "", hint = "", field: about } = trouble.value ?? {};
  return (
    <small data-field={field} id={`trouble-${field}`} class="bad" role={about === field ? "alert" : undefined}>
      {about === field && <bdi>{inPageWords(`${message}. ${hint}`, momentText)}</bdi>}
    </small>
  );
}

interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly hint?: string;
  readonly value?: string;
  readonly type?: "text" | "number";
  readonly required?: boolean;
}

/** A field of a dialog. */
export function Field({ label, name, hint, value, type, required = false }: FieldProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        name={name}
        inputMode={type === "number" ? "numeric" : undefined}
        defaultValue={value}
        required={required}
        aria-invalid={trouble.value?.field === name}
        aria-describedby={`trouble-${name}`}
        autocomplete="off"
        spellcheck={false}
      />
      {hint && <small>{hint}</small>}
      <FieldTrouble field={name} />
    </label>
  );
}
