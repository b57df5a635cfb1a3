import { Account } from "./account";

const MOST = 100;

/** The accounts that were asked about, by their tokens; those that were asked about last, when there are many. */
export class Accounts {
  readonly #now: () => number;
  readonly #byToken = new Map<string, Account>();

  constructor(now: () => number) {
    this.#now = now;
  }

  of(token: string): Account {
    const account = this.#byToken.get(token) ?? new Account(this.#now);
    this.#byToken.delete(token);
    this.#byToken.set(token, account);
    const [oldest] = this.#byToken.keys();
    if (this.#byToken.size > MOST && oldest !== undefined) this.#byToken.delete(oldest);
    return account;
  }
}
