import { signal } from "@preact/signals";
import { CallError } from "./api";

/** What went wrong with the last action, for the person who asked for it. */
export const trouble = signal<
  { readonly message: string; readonly hint?: string | undefined; readonly isNoAnswer?: boolean } | undefined
>(undefined);

/** Does what somebody asked for, and says what is wrong when it cannot be done. Resolves with whether it was. */
export async function act(action: () => Promise<unknown>): Promise<boolean> {
  trouble.value = undefined;
  try {
    await action();
    return true;
  } catch (error) {
    const { message } = error as Error;
    trouble.value = error instanceof CallError ? { message, hint: error.hint, isNoAnswer: error.status === 0 } : { message };
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
