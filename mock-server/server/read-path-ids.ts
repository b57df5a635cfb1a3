import { nearest } from "../../contracts/nearest";
import { hints } from "../v2/hints";
import type { Notes } from "../v2/operation";

const PATH_ID = /^[1-9]\d{0,15}$/;
const NOTHING_READ = /^(undefined|null|NaN|None|nil|\[object Object\]|:\w+|\{.*\}|<.*>)$/;

/** The ids in a path. One that is no positive integer becomes 0, which nothing has, so the operation answers its own 404. */
export function readPathIds(params: Readonly<Record<string, string>>): { path: Record<string, number>; notes: Notes } {
  const path: Record<string, number> = {};
  let notes: Notes = {};
  for (const [name, written] of Object.entries(params)) {
    const id = PATH_ID.test(written) ? Number(written) : 0;
    path[name] = Number.isSafeInteger(id) ? id : 0;
    if (path[name] === 0) notes = { hint: hintFor(name, written), assuming: ["A-id-malformed"] };
  }
  return { path, notes };
}

function hintFor(name: string, written: string): string {
  if (NOTHING_READ.test(written)) return name === "chat_id" ? hints.chatIdNotRead : hints.idNotRead;
  return nearest(written, ["find"]) === undefined ? hints.idMalformed : hints.findMisspelt;
}
