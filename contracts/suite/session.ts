import { Chance } from "../chance";
import { baseUrlOf, isLoopbackHost, requireUsableToken } from "../client/address";
import { TargetError } from "../client/errors";
import { KINDS, type Kind } from "../client/kinds";
import { canonical, readRecipient } from "../client/named-people";
import { realTime } from "../client/pace";
import { parsePhoneNumber } from "../identifier";
import { type Api, apiOf, type PhoneNumber } from "./api";
import { type Made, newMark, numbered } from "./cleanup/created";
import { Ledger, readLedger } from "./cleanup/ledger";
import { cleanUp } from "./cleanup/undo";
import { Skip } from "./errors";
import { greet } from "./greet";
import type { LawContext } from "./law";
import type { ContractOptions } from "./options";
import { type Receiver, startReceiver } from "./receiver";
import { Survey } from "./sample";
import { Transport } from "./transport";

const RATE = 4;
const TIMEOUT_MS = 30_000;
const PATIENCE_MS = 30_000;
const OWN_PATIENCE_MS = 5_000;
/** How many people are made up for a mock of our own. */
const MADE_UP = 6;

/** A run's hold on a server: what it may do there, what it knows of it, and what it has made. */
export class Session {
  readonly options: ContractOptions;
  readonly baseUrl: string;
  readonly kinds: ReadonlySet<Kind>;
  readonly transport: Transport;
  readonly ledger: Ledger;
  readonly api: Api;
  readonly chance: Chance;
  readonly mark = newMark();
  readonly people: readonly string[];
  /** Undefined when the account has none. */
  line: string | undefined;
  #survey: Survey | undefined;
  #receiver: Promise<Receiver> | undefined;
  #uniques = 0;

  /** @throws TargetError when the options cannot be what is meant */
  constructor(options: ContractOptions) {
    const { token, isOwnMock, allow = [], recipients = [], seed = 1, time = realTime } = options;
    requireUsableToken(token);
    this.options = options;
    this.baseUrl = baseUrlOf(options.target);
    this.kinds = new Set(isOwnMock ? KINDS : ["read", ...allow]);
    this.chance = new Chance(seed);
    this.people = isOwnMock ? madeUp(this.chance) : recipients.map(readRecipient);
    if (!isOwnMock && this.kinds.has("send") && this.people.length === 0) {
      throw new TargetError("Sending needs somebody to send to; name each with --recipient.");
    }
    this.ledger = new Ledger({ file: options.ledgerFile, target: this.baseUrl, mark: this.mark });
    this.transport = new Transport({
      baseUrl: this.baseUrl,
      token,
      wrongToken: `${this.mark}-no-token`,
      permissions: {
        kinds: this.kinds,
        recipients: isOwnMock ? "anyone" : new Set(this.people),
        spareLine: options.spareLine,
        visibleChat: options.chat,
        webhookUrl: this.#webhookAddress(),
      },
      rate: isOwnMock ? options.rate : (options.rate ?? RATE),
      timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
      time,
      ledger: this.ledger,
      signal: options.signal,
    });
    this.api = apiOf(this.transport);
  }

  /**
   * Finds out whether this is the API, and which line to speak of. @throws TargetError when nothing can be judged here
   */
  async open(): Promise<void> {
    this.#requireCleanLedger();
    const lines = await greet(this.transport, this.baseUrl);
    const { line, spareLine } = this.options;
    this.line = line === undefined ? lines[0]?.phone_number : ownLine(lines, line, "--line");
    if (spareLine !== undefined) ownLine(lines, spareLine, "--spare-line");
  }

  /** What an earlier run has left is removed before more is made. */
  #requireCleanLedger(): void {
    const { ledgerFile } = this.options;
    const open = ledgerFile !== undefined && this.kinds.size > 1 ? readLedger(ledgerFile) : undefined;
    if (open) {
      throw new TargetError(
        `An earlier run has not ended well, and may have left things behind (${ledgerFile}); remove them with --sweep.`,
      );
    }
  }

  /** What a law gets. Its survey is new when `afresh`, or when there was none. */
  context(afresh: boolean): LawContext {
    const session = this;
    const survey = afresh ? this.#newSurvey() : (this.#survey ?? this.#newSurvey());
    return {
      api: this.api,
      chance: this.chance,
      kinds: this.kinds,
      people: this.people,
      spareLine: this.options.spareLine,
      survey,
      get line() {
        if (session.line === undefined) throw new Skip("the account has no lines");
        return session.line;
      },
      unique: () => {
        this.#uniques += 1;
        return numbered(this.mark, this.#uniques);
      },
      receiver: () => this.#openReceiver(),
    };
  }

  /** The receiver, if one was ever asked for. */
  async openedReceiver(): Promise<Receiver | undefined> {
    return this.#receiver?.catch(() => undefined);
  }

  /** Undoes what was made; returns what is left. */
  async close(): Promise<Made[]> {
    const left = await cleanUp(this.ledger, this.transport.forUndoing());
    await (await this.openedReceiver())?.stop();
    return left;
  }

  /** Whether the API is still there, and still accepts the token. @throws TargetError when not */
  async requireWelcome(): Promise<void> {
    await greet(this.transport, this.baseUrl);
  }

  #newSurvey(): Survey {
    const { chat, contact } = this.options;
    const session = this;
    this.#survey = new Survey(this.api, {
      chat,
      contact,
      chance: this.chance,
      get line() {
        if (session.line === undefined) throw new Skip("the account has no lines");
        return session.line;
      },
    });
    return this.#survey;
  }

  #openReceiver(): Promise<Receiver> {
    const { webhookUrl, webhookPort = 0, isOwnMock, patienceMs } = this.options;
    if (this.#webhookAddress() === undefined)
      throw new Skip("the target cannot reach this machine; name a way with --webhook-url");
    this.#receiver ??= startReceiver({
      port: webhookPort,
      publicUrl: webhookUrl,
      patienceMs: patienceMs ?? (isOwnMock ? OWN_PATIENCE_MS : PATIENCE_MS),
    });
    return this.#receiver;
  }

  /** What the address of the receiver begins with; undefined when the target cannot reach it. */
  #webhookAddress(): string | undefined {
    return this.options.webhookUrl ?? (isLoopbackHost(new URL(this.baseUrl).hostname) ? "http://127.0.0.1:" : undefined);
  }
}

function madeUp(chance: Chance): string[] {
  return Array.from({ length: MADE_UP }, (_, i) => `+1907555${1000 + i * 1000 + chance.below(1000)}`);
}

/** A line as the server writes it. @throws TargetError when it is none */
function ownLine(lines: readonly PhoneNumber[], given: string, flag: string): string {
  const wanted = parsePhoneNumber(given);
  if (wanted === undefined) throw new TargetError(`The number of ${flag} cannot be read; write it as +12223334444.`);
  const found = lines.find(({ phone_number }) => canonical(String(phone_number)) === wanted);
  if (found) return found.phone_number;
  const has = lines.length === 1 ? "1 line" : `${lines.length} lines`;
  throw new TargetError(`The number of ${flag} is no line of this account, which has ${has}; GET /phone_numbers lists them.`);
}
