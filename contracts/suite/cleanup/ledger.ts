import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { TargetError } from "../../client/errors";
import type { OperationId } from "../../generated/v2/operations";
import { findChatPath } from "../../operations";
import { type Created, createdBy, type PlannedRequest } from "./created";

/** A line of the ledger's file. */
type LedgerEntry =
  | { readonly entry: "run"; readonly target: string; readonly mark: string }
  | { readonly entry: "intend"; readonly path: string; readonly find?: string }
  | { readonly entry: "made"; readonly made: Created }
  | { readonly entry: "undone"; readonly path: string };

interface LedgerOptions {
  /** Where entries are kept as soon as they are made, so that they outlive the process; none for a mock of our own. */
  readonly file: string | undefined;
  readonly target: string;
  /** What marks whatever this run makes. */
  readonly mark: string;
}

/** What makes something that stays until it is removed. */
const LASTING: ReadonlySet<OperationId> = new Set(["createChat", "sendMessage", "createContact", "createWebhookSubscription"]);

/** Everything that a run has made and not yet undone. It is written before it is believed. */
export class Ledger {
  readonly #options: LedgerOptions;
  readonly #created = new Map<string, Created>();
  readonly #undone: Created[] = [];
  readonly #intended = new Map<PlannedRequest, string>();
  /** Everything there ever was, so that a run may still look at what it has removed. */
  readonly #ever = new Set<string>();
  #begun = false;

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  get mark(): string {
    return this.#options.mark;
  }

  /** Before a request that may make something: where it would be found, should the answer never come. */
  intend(request: PlannedRequest): void {
    if (!LASTING.has(request.operation)) return;
    const find = request.operation === "createChat" ? findPathOf(request.body) : undefined;
    this.#intended.set(request, find ?? request.path);
    this.#write({ entry: "intend", path: request.path, ...(find !== undefined && { find }) });
  }

  /** After it: what it has made is kept, what it has undone is removed. */
  record(request: PlannedRequest, status: number, answer: unknown): void {
    if (status >= 500) return; // what it has made is not known
    this.#intended.delete(request);
    if (status >= 300) return;
    this.#removeUndoneBy(request);
    const made = createdBy(request, answer);
    if (made && !(status === 200 && this.#isKeptElsewhere(made))) this.keep(made);
  }

  keep(made: Created): void {
    this.#ever.add(made.path);
    if (this.#created.has(made.path)) return;
    this.#created.set(made.path, made);
    this.#write({ entry: "made", made });
  }

  /** Whether this run has made what a path is about. */
  created(path: string): boolean {
    return [...this.#ever].some((own) => path === own || path.startsWith(`${own}/`) || this.#isOwnMessage(path, own));
  }

  /** Requests of which it is not known what they have made, with where it would be found. */
  unanswered(): { readonly request: PlannedRequest; readonly place: string }[] {
    return [...this.#intended].map(([request, place]) => ({ request, place }));
  }

  /** It was looked for, and is kept if it was there; but not at these places. */
  forgetUnanswered(unread: readonly string[]): void {
    for (const [request, place] of this.#intended) if (!unread.includes(place)) this.#intended.delete(request);
  }

  /** Where something may be that an earlier run has made, and nobody could look. */
  keepPlace(place: string): void {
    this.#intended.set({ operation: "sendMessage", method: "POST", path: place }, place);
    this.#write({ entry: "intend", path: place, find: place });
  }

  /** What is left to undo, the last first. */
  left(): Created[] {
    return [...this.#created.values()].reverse();
  }

  /** Whether a request undoes something that this run has made or changed. */
  undoes({ method, path, body }: Omit<PlannedRequest, "operation">): boolean {
    return this.left().some(({ undo }) => undo.method === method && undo.path === path && isDeepStrictEqual(undo.body, body));
  }

  /** Something is gone, whoever has removed it. */
  remove({ path }: Pick<Created, "path">): void {
    const made = this.#created.get(path);
    if (!made) return;
    this.#created.delete(path);
    this.#undone.push(made);
    this.#write({ entry: "undone", path });
  }

  /** What was made and, as the server says, is gone, the first first. */
  undone(): readonly Created[] {
    return this.#undone;
  }

  /** Removes the file when nothing is left. */
  close(): void {
    if (this.#options.file !== undefined && this.#created.size + this.#intended.size === 0)
      rmSync(this.#options.file, { force: true });
  }

  /** A key that was used in another chat gives the message that is there. */
  #isKeptElsewhere({ operation, path }: Created): boolean {
    const message = path.slice(path.indexOf("/chat_messages/"));
    return operation === "sendMessage" && [...this.#ever].some((own) => own !== path && own.endsWith(message));
  }

  /** Reactions name a message without its chat. */
  #isOwnMessage(path: string, own: string): boolean {
    const message = /^\/chat_messages\/(\d+)\//.exec(path)?.[1];
    return message !== undefined && own.endsWith(`/chat_messages/${message}`);
  }

  #removeUndoneBy({ method, path, body }: PlannedRequest): void {
    for (const [key, { undo }] of this.#created) {
      const isIt = undo.method === method && undo.path === path && JSON.stringify(undo.body) === JSON.stringify(body);
      const isPart =
        method === "DELETE" && undo.method === "POST" && undo.path.startsWith(`/chat_messages/${path.split("/").at(-1)}/`);
      if (isIt || isPart) this.remove({ path: key });
    }
  }

  #write(entry: LedgerEntry): void {
    const { file, target, mark } = this.#options;
    if (file === undefined) return;
    if (!this.#begun) {
      this.#begun = true;
      if (existsSync(file)) appendFileSync(file, "\n"); // its last line may have been cut off
      this.#write({ entry: "run", target, mark });
    }
    appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
  }
}

function findPathOf(body: unknown): string | undefined {
  const { send_from: line, chat } = (body ?? {}) as { send_from?: unknown; chat?: { phone_numbers?: unknown } };
  const participants = chat?.phone_numbers;
  const isUsable =
    typeof line === "string" && Array.isArray(participants) && participants.every((one) => typeof one === "string");
  return isUsable ? findChatPath(line, participants) : undefined;
}

/** What the ledger of an earlier run says. */
interface OpenLedger {
  readonly target: string;
  readonly mark: string;
  /** Created and not undone, the first first. */
  readonly made: readonly Created[];
  /** Chats that may have got a message of whose answer nothing is known: paths that list their messages, or find them. */
  readonly intended: readonly string[];
}

const ENTRY = '{"entry":"';

/** The ledger that a run has left open; undefined when there is none. @throws TargetError when the file is something else */
export function readLedger(file: string): OpenLedger | undefined {
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  const entries = lines.flatMap((line) => parseEntry(line, file));
  const run = entries.find((entry) => entry.entry === "run");
  if (run?.entry !== "run") throw new TargetError(`${file} is no ledger of a run; name the right one with --ledger.`);
  const made = new Map<string, Created>();
  const intended = new Set<string>();
  for (const entry of entries) {
    if (entry.entry === "made") made.set(entry.made.path, entry.made);
    if (entry.entry === "undone") made.delete(entry.path);
    if (entry.entry === "intend") {
      if (entry.find !== undefined) intended.add(entry.find);
      else if (entry.path.endsWith("/chat_messages")) intended.add(entry.path);
    }
  }
  return { target: run.target, mark: run.mark, made: [...made.values()], intended: [...intended] };
}

/** A line may have been cut off by whatever ended a run. */
function parseEntry(line: string, file: string): LedgerEntry[] {
  if (line.trim() === "") return [];
  try {
    return [JSON.parse(line) as LedgerEntry];
  } catch {
    if (line.startsWith(ENTRY.slice(0, line.length))) return [];
    throw new TargetError(`${file} is no ledger of a run, or was damaged; what it lists has to be removed by hand.`);
  }
}
