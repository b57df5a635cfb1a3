const SILENT_MS = 2000;
const REDRAW_MS = 100;
const WIDTH = 20;

/** A line on a terminal that says how far something is. Nothing for the first two seconds, and nothing anywhere but on a terminal. */
export class ProgressLine {
  readonly #began = performance.now();
  readonly #out: NodeJS.WriteStream;
  #drawnAt = 0;

  constructor(out: NodeJS.WriteStream = process.stderr) {
    this.#out = out;
  }

  /** `done` of `total`, of which `what` is the name: `chats`, `chats, waiting 10 s`. While the total is unknown, 0, there is no bar, only `what`. */
  readonly show = (what: string, done: number, total: number): void => {
    const now = performance.now();
    if (!this.#out.isTTY || now - this.#began < SILENT_MS || now - this.#drawnAt < REDRAW_MS) return;
    this.#drawnAt = now;
    this.#out.write(`\r\u001B[K${total === 0 ? what : `${barOf(done, total)} of ${count(total)} ${what}`}`);
  };

  /** Takes the line away. */
  end(): void {
    if (this.#drawnAt > 0) this.#out.write("\r\u001B[K");
  }
}

function barOf(done: number, total: number): string {
  const share = Math.min(1, done / total);
  const bar = "█".repeat(Math.floor(share * WIDTH)).padEnd(WIDTH, "░");
  return `${bar} ${Math.floor(share * 100)} %  ${count(done)}`;
}

function count(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}
