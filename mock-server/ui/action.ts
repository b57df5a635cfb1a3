import { signal } from "@preact/signals";
import { CallError } from "./api";

/** What went wrong with the last action, for the person who asked for it. */
export const trouble = signal<
  | {
      readonly message: string;
      readonly hint?: string | undefined;
      readonly isNoAnswer?: boolean;
      /** What must be other than it was typed: the field of the call, or whatever the page calls it. */
      readonly field?: string | undefined;
    }
  | undefined
>(undefined);

/** Does what somebody asked for, and says what is wrong when it cannot be done, beside a field if one is named. Resolves with whether it was. */
export async function act(action: () => Promise<unknown>, field?: string): Promise<boolean> {
  trouble.value = undefined;
  try {
    await action();
    return true;
  } catch (error) {
    const { message } = error as Error;
    trouble.value =
      error instanceof CallError
        ? { message, hint: error.hint, isNoAnswer: error.status === 0, field: field ?? error.pointer?.split("/")[1] }
        : { message, field };
    return false;
  }
}

/** What the page reads beside what somebody asked for may fail, too. That nobody answers is said by the stream. */
export function tellOfFailures(): void {
  addEventListener("unhandledrejection", (event) => {
    const { reason } = event;
    if (!(reason instanceof CallError)) return;
    event.preventDefault();
    if (reason.status !== 0) trouble.value = { message: reason.message, hint: reason.hint };
  });
}

/** Puts text where it can be pasted from. Pages that came unencrypted from another machine have no clipboard: there it is selected instead. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}
