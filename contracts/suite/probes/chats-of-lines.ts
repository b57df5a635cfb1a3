import type { Chat } from "../api";
import { readPage } from "../paging";
import type { ProbeContext } from "./probe";

/** The first page of a line's chats. */
export interface ChatsOfLine {
  readonly line: string;
  readonly chats: readonly Chat[];
}

const MOST_OTHERS = 2;

/** The chats of the line, and those of other lines of the account, but not of many. */
export async function chatsOfLines({ api, line, survey }: ProbeContext): Promise<[ChatsOfLine, ...ChatsOfLine[]]> {
  const numbers = (await survey.lines()).map(({ phone_number }) => phone_number);
  const others: ChatsOfLine[] = [];
  for (const other of numbers.filter((number) => number !== line).slice(0, MOST_OTHERS)) {
    const { items } = await readPage<Chat>(api, "/chats", { phone_number: other, per_page: 100 });
    others.push({ line: other, chats: items });
  }
  return [{ line, chats: (await survey.chats()).items }, ...others];
}
