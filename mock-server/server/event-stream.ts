import { setInterval as every } from "node:timers";
import type { Response } from "express";
import type { ControlStream } from "../control/control-call";
import type { Memory } from "../world/memory-limits";

const MAX_UNREAD_BYTES = 8 * 1024 * 1024;
/** In real milliseconds: gateways close what is silent for half a minute, and clients cannot tell a silent stream from a dead one. */
const HEARTBEAT_MS = 15_000;

/** Sends changes as server-sent events, until either side has had enough. Whoever does not read is hung up on. */
export function streamChanges(res: Response, { open }: ControlStream, memory: Memory, heartbeatMs = HEARTBEAT_MS): void {
  if (res.destroyed) return;
  let unreadSince: number | undefined;
  const hangUp = (): void => {
    account.close();
    res.destroy();
  };
  const account = memory.share({ kind: "streams", oldestSince: () => unreadSince, dropOldest: hangUp });
  const countUnread = (): void => {
    const unread = res.writableLength;
    unreadSince = unread === 0 ? undefined : (unreadSince ?? performance.now());
    account.take(unread - account.bytes);
  };
  const write = (text: string): void => {
    if (res.destroyed) return;
    res.write(text);
    countUnread();
    if (res.writableLength <= MAX_UNREAD_BYTES) return;
    hangUp();
    memory.noteDropped("streams");
  };

  res.writeHead(200, {
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no", // or a gateway keeps events back
  });
  const heartbeat = every(() => write(": still here\n\n"), heartbeatMs).unref();
  const stop = open(write, () => res.end());
  res.on("drain", countUnread);
  res.on("close", () => {
    clearInterval(heartbeat);
    account.close();
    stop();
  });
}
