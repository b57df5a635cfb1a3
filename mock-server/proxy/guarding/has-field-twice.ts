import { visit } from "jsonc-parser";

/** Whether an object in a JSON text has a field twice. Readers do not agree on which of the two counts. */
export function hasFieldTwice(json: string): boolean {
  const open: Set<string>[] = [];
  let isTwice = false;
  visit(json, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (name) => {
      const fields = open.at(-1);
      isTwice ||= fields?.has(name) === true;
      fields?.add(name);
    },
  });
  return isTwice;
}
