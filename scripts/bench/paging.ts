import type { Effort } from "./effort";
import type { Findings } from "./figures";
import { load } from "./load";
import { startServer } from "./server-process";
import { median } from "./statistics";
import { takeTurns } from "./take-turns";
import { longChat, worldFile } from "./world";

const SHORT = 200;
const LONG = 100_000;
const PER_PAGE = 100;

/** A page of messages from a long chat, to one from a short chat. */
export async function paging(folder: string, effort: Effort): Promise<Findings> {
  const [short, long] = [await serveChat(SHORT), await serveChat(LONG)];
  const rounds = await takeTurns(effort, {
    shortFirst: () => short.read(1),
    longFirst: () => long.read(1),
    shortLast: () => short.read(SHORT / PER_PAGE),
    longLast: () => long.read(LONG / PER_PAGE),
  });
  await Promise.all([short.server.stop(), long.server.stop()]);
  return {
    figures: [
      {
        what: "time of a page of 100 messages from a chat of 100,000, to one from a chat of 200",
        measured: median(rounds.map((turn) => turn.shortFirst / turn.longFirst)).toFixed(2),
        aim: "at most 1.3",
      },
      {
        what: "the same of the last page",
        measured: median(rounds.map((turn) => turn.shortLast / turn.longLast)).toFixed(2),
        aim: "at most 1.3",
      },
    ],
  };

  async function serveChat(messages: number) {
    const file = worldFile(folder, `chat-of-${messages}`, longChat(messages));
    const server = await startServer(["dist/cli.js", "--fixtures", file, "--port"], pagePath(1));
    const read = (page: number) => load(server, [{ path: pagePath(page) }], { duration: effort.secondsPerTurn });
    return { server, read };
  }
}

function pagePath(page: number): string {
  return `/api/partner/v2/chats/1/chat_messages?per_page=${PER_PAGE}&page=${page}`;
}
