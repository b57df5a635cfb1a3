import type { Response } from "express";
import type { ControlStream } from "../control/control-call";

const MAX_UNREAD_BYTES = 8 * 1024 * 1024;

/** Sends changes as server-sent events, until either side has had enough. Whoever does not read is hung up on. */
export function streamChanges(res: Response, { open }: ControlStream): void {
  res.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  res.write(": linq-mock\n\n"); // says at once that it works
  const stop = open(
    ({ id, type, data }) => {
      if (res.writableLength > MAX_UNREAD_BYTES) res.destroy();
      else res.write(`id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    () => res.end(),
  );
  res.on("close", stop);
}
