import { signal } from "@preact/signals";

const NAME = "linq-mock keys";

/** Whether single keys do something. It is remembered, where storage is neither full nor forbidden. */
export const keysAreOn = signal(read() !== "off");

export function turnKeys(isOn: boolean): void {
  keysAreOn.value = isOn;
  try {
    localStorage.setItem(NAME, isOn ? "on" : "off");
  } catch {
    // then it holds until the page is left
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null;
  }
}
