import { rmSync } from "node:fs";
import { dirname } from "node:path";
import type { Plugin } from "esbuild";
import { bundle } from "../build";
import { type Effort, type Findings, median, takeTurns } from "./measuring";
import { sendPath, TEXT } from "./sending";
import { callServer, load, type ServerProcess, startServer } from "./servers";
import { SHIPPED_CHAT, timeToStart } from "./starting";
import { worldFile, worldOf } from "./worlds";

const CHATS = 100;
const STARTS_PER_ROUND = 2;
const READY = "/__mock/health";
/** Beside dist/, from where it finds what the package ships. */
const V2_ALONE = "dist-v2";
const PARTS = { message: { parts: [{ type: "text", value: TEXT.message.text }] } };

/** V3 to V2 in one mock, and that to a build of V2 alone. */
export async function versions(folder: string, effort: Effort): Promise<Findings> {
  await bundle({ cli: "mock-server/cli.ts" }, V2_ALONE, [withoutV3]);
  try {
    return { figures: [...(await throughputs(folder, effort)), await starts(effort)] };
  } finally {
    rmSync(V2_ALONE, { recursive: true });
  }
}

const withoutV3: Plugin = {
  name: "without V3",
  setup: ({ onLoad }) =>
    onLoad({ filter: /mock-server\/versions\.ts$/ }, ({ path }) => ({
      contents: 'import { v2 } from "./v2/index"; export const API_VERSIONS = [v2];',
      loader: "ts",
      resolveDir: dirname(path),
    })),
};

async function throughputs(folder: string, effort: Effort): Promise<Findings["figures"]> {
  const args = ["--rate-limits", "off", "--fixtures", worldFile(folder, "small", worldOf(CHATS)), "--port"];
  const both = await startServer(["dist/cli.js", ...args], READY);
  const alone = await startServer([`${V2_ALONE}/cli.js`, ...args], READY);
  const ids = await Promise.all(Array.from({ length: CHATS }, (_, i) => idOfV3(both, i + 1)));
  const v2 = (_: string, i: number) => sendPath(i + 1);
  const v3 = (id: string) => `/api/partner/v3/chats/${id}/messages`;
  const send = async (server: ServerProcess, pathOf: (id: string, i: number) => string, message: object) => {
    const requests = ids.map((id, i) => ({ method: "POST" as const, path: pathOf(id, i), body: JSON.stringify(message) }));
    const perSecond = await load(server, requests, { duration: effort.secondsPerTurn });
    await callServer(server, "POST", "/__mock/reset");
    return perSecond;
  };
  const list = async (server: ServerProcess, pathOf: (id: string, i: number) => string, query: string) => {
    const path = pathOf(ids[0] ?? "", 0);
    await load(server, [{ method: "POST", path: sendPath(1), body: JSON.stringify(TEXT) }], { amount: PER_PAGE });
    const perSecond = await load(server, [{ path: `${path}?${query}` }], { duration: effort.secondsPerTurn });
    await callServer(server, "POST", "/__mock/reset");
    return perSecond;
  };
  const rounds = await takeTurns(effort, {
    send3: () => send(both, v3, PARTS),
    send2: () => send(both, v2, TEXT),
    sendAlone: () => send(alone, v2, TEXT),
    list3: () => list(both, v3, `limit=${PER_PAGE}`),
    list2: () => list(both, v2, `per_page=${PER_PAGE}`),
    listAlone: () => list(alone, v2, `per_page=${PER_PAGE}`),
  });
  await Promise.all([both.stop(), alone.stop()]);
  type Turn = keyof (typeof rounds)[number];
  const ratio = (turn: Turn, to: Turn) => median(rounds.map((round) => round[turn] / round[to])).toFixed(2);
  return [
    { what: "a message sent by V3, to one sent by V2", measured: ratio("send3", "send2"), aim: "at least 0.8" },
    { what: `a page of ${PER_PAGE} messages by V3, to one by V2`, measured: ratio("list3", "list2"), aim: "at least 0.8" },
    { what: "V2 beside V3, to V2 alone: sending", measured: ratio("send2", "sendAlone"), aim: "at least 0.95" },
    { what: "V2 beside V3, to V2 alone: a page of messages", measured: ratio("list2", "listAlone"), aim: "at least 0.95" },
  ];
}

const PER_PAGE = 25;

async function idOfV3(server: ServerProcess, chat: number): Promise<string> {
  const { data } = (await callServer(server, "GET", `/api/partner/v2/chats/${chat}/migrate_to_v3`)) as {
    data: { v3_chat_id: string };
  };
  return data.v3_chat_id;
}

async function starts(effort: Effort): Promise<Findings["figures"][number]> {
  const rounds = await takeTurns(
    { ...effort, rounds: effort.rounds * STARTS_PER_ROUND + 1 },
    {
      alone: () => timeToStart([`${V2_ALONE}/cli.js`, "--port"], SHIPPED_CHAT),
      both: () => timeToStart(["dist/cli.js", "--port"], SHIPPED_CHAT),
    },
  );
  const measured = median(rounds.map(({ both, alone }) => both / alone)).toFixed(2);
  return { what: "process start with both versions, to V2 alone", measured, aim: "at most 1.1" };
}
