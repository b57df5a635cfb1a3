import type { HttpAnswer } from "../../../contracts/client/http-client";
import { canonical, KnownAccount } from "../../../contracts/client/known-account";
import { asObject } from "../../../contracts/har/as-object";
import { Refused } from "../../../contracts/suite/errors";
import type { RecordedExchange } from "../../../contracts/suite/report";
import { jsonOf } from "../json-of";
import { recorded } from "../recorded";

/** Reads something of the target, with the token of the account. */
export type Read = (path: string) => Promise<HttpAnswer>;

/** For so long it is believed who is in a chat. */
const KNOWN_FOR_MS = 60_000;

/** What is known of the account behind a token: its lines, and who is in its chats. */
export class Account {
  readonly known = new KnownAccount();
  readonly #now: () => number;
  readonly #readAt = new Map<number, number>();
  /** To whom each line was forwarded before anything was changed through the proxy, by its path. */
  readonly #forwarding = new Map<string, string>();
  #lines: Promise<void> | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Reads, once, which lines the account has. @throws Refused when it cannot be known */
  readLines(read: Read): Promise<void> {
    this.#lines ??= this.#readLines(read).catch((error: unknown) => {
      this.#lines = undefined;
      throw error;
    });
    return this.#lines;
  }

  /** Who is in a chat, the line included; undefined when there is no such chat. @throws Refused when it cannot be known */
  async readChat(id: number, read: Read): Promise<ReadonlySet<string> | undefined> {
    if ((this.#readAt.get(id) ?? Number.NEGATIVE_INFINITY) < this.#now() - KNOWN_FOR_MS) {
      const { status, body } = await read(`/chats/${id}`);
      const told = jsonOf(body);
      if (status === 404 && isRefusal(told) && !this.known.participantsOf(id)) return undefined;
      const answer = recorded("getChat", { method: "GET", path: `/chats/${id}` }, { status, body: told });
      if (status !== 200 || !tells(answer, id)) {
        throw new Refused(`nobody can tell who is in chat ${id}: the target answers ${status}`);
      }
      this.known.learn(answer);
      this.#readAt.set(id, this.#now());
    }
    return this.known.participantsOf(id);
  }

  /** Whether these are whom a line was forwarded to at first, so that a change puts back what was there. */
  forwardedTo(path: string, named: readonly string[]): boolean {
    const [number, ...others] = named;
    return others.length === 0 && number !== undefined && number === this.#forwarding.get(path);
  }

  async #readLines(read: Read): Promise<void> {
    const path = "/phone_numbers";
    const { status, body } = await read(path);
    if (status !== 200) throw new Refused(`nobody can tell which lines are your own: the target answers ${status}`);
    const listed = jsonOf(body);
    this.known.learn(recorded("listPhoneNumbers", { method: "GET", path }, { status, body: listed }));
    const { phone_numbers: lines = [] } = (listed ?? {}) as { phone_numbers?: { id: unknown; forwarding_number: unknown }[] };
    for (const { id, forwarding_number: number } of lines) {
      if (typeof number === "string") this.#forwarding.set(`${path}/${id}`, canonical(number));
    }
  }
}

/** Whether it is the API that says so, and not a gateway in front of it. */
function isRefusal(body: unknown): boolean {
  return Array.isArray(asObject<{ errors: unknown }>(body).errors);
}

/** Whether an answer itself says who is in a chat: what was known before may be so no more. */
function tells(answer: RecordedExchange, id: number): boolean {
  const told = new KnownAccount();
  told.learn(answer);
  return told.participantsOf(id) !== undefined;
}
