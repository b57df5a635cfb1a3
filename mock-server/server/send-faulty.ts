import type { Response } from "express";
import type { OutgoingAnswer } from "../faults/answer-faults";
import { exchangeOf } from "./exchange";

const PIECES = 10;
/** In real milliseconds: a reset that overtakes what was sent before it looks like an orderly end. */
const UNREAD_MS = 20;

/** Something to do, so many milliseconds of the sandbox's clock from now. */
type Step = readonly [afterMs: number, act: () => void];

/**
 * Sends an answer that faults have changed, as late and as far as they say. `done` is called once, with whether all of it has left:
 * not when a fault has cut it off, or nobody waited for it any more.
 */
export function sendFaulty(res: Response, answer: OutgoingAnswer, done: (isWhole: boolean) => void): void {
  const clock = exchangeOf(res).sandbox?.world.clock;
  if (!clock) throw new Error("a fault has touched a request without a sandbox");
  const now = clock.now();
  const { socket } = res.req; // an answer that waits for another's has no connection yet, and hears of no end
  const cancels: (() => void)[] = [];
  let isDone = false;
  const finish = (isWhole: boolean): void => {
    if (isDone) return;
    isDone = true;
    socket.off("close", giveUp);
    for (const cancel of cancels) cancel();
    done(isWhole);
  };
  const giveUp = (): void => finish(false);
  const hasNoBody = answer.payload === "" || res.req.method === "HEAD";
  const isWhole = answer.breaksOff === "never" || (answer.breaksOff === "within-body" && hasNoBody);
  const end: Step = [answer.delayMs + answer.dripMs, () => finish(isWhole)];
  for (const [afterMs, act] of [...stepsOf(res, answer), end]) {
    if (afterMs === 0) act();
    else cancels.push(clock.hold(now + afterMs, "an answer that a fault holds back goes on", act));
  }
  if (!isDone) socket.once("close", giveUp);
}

function stepsOf(res: Response, { status, headers, payload, delayMs, dripMs, breaksOff }: OutgoingAnswer): Step[] {
  if (breaksOff === "before-headers") return [[delayMs, () => reset(res)]];
  const bytes = Buffer.from(payload);
  const head: Step = [delayMs, () => writeHead(res, status, headers, bytes.length)];
  if (breaksOff === "after-headers") return [head, [delayMs, () => void res.setTimeout(UNREAD_MS, () => reset(res))]];
  const sent = breaksOff === "within-body" ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes;
  const end: Step = [delayMs + dripMs, () => (breaksOff === "within-body" ? cut(res) : res.end())];
  return [head, ...bodySteps(res, sent, { delayMs, dripMs }), end];
}

/** The whole body at once, or piece by piece. */
function bodySteps(res: Response, bytes: Buffer, { delayMs, dripMs }: Pick<OutgoingAnswer, "delayMs" | "dripMs">): Step[] {
  const pieces = dripMs === 0 ? 1 : PIECES;
  const size = Math.ceil(bytes.length / pieces);
  return Array.from({ length: pieces }, (_, i) => [
    delayMs + (dripMs * (i + 1)) / pieces,
    () => res.write(bytes.subarray(i * size, (i + 1) * size)),
  ]);
}

/** The headers go out at once, whenever the body does. */
function writeHead(res: Response, status: number, headers: OutgoingAnswer["headers"], length: number): void {
  res.writeHead(status, status === 204 ? headers : { ...headers, "Content-Length": length });
  res.flushHeaders();
}

/** By RST alone: `resetAndDestroy()` ends the connection in order first, and callers may see no more than that. */
function reset({ socket }: Response): void {
  if (!socket) return;
  Object.assign(socket, { resetAndClosing: true });
  socket.destroy();
}

/** Closes the connection once what was written has left. */
function cut(res: Response): void {
  setImmediate(() => res.socket?.destroy());
}
