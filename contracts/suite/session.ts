import type { ApiPhoneNumber } from "../api-types";
import { explainRefusal, isJsonType, ServerTrouble, TargetError, TokenRefused } from "../client/errors";
import { type ClientTime, realTime } from "../client/pace";
import { canonical, readRecipient } from "../client/people-in-body";
import { KINDS, type Kind, kindOf } from "../client/request-kinds";
import { API_PREFIX, baseUrlOf, isLoopbackHost, requireUsableToken } from "../client/url-and-token";
import { parsePhoneNumber } from "../identifiers";
import { Random } from "../random";
import { type Api, apiOf } from "./api";
import { type Created, newMark, numbered } from "./cleanup/created";
import { Ledger, readLedger } from "./cleanup/ledger";
import { cleanUp } from "./cleanup/undo";
import type { Law, LawContext } from "./law";
import { Inconclusive, Skip } from "./law-errors";
import { type ContractOptions, type Demands, demandsOf } from "./options";
import { type ReceivedDelivery, Receiver } from "./receiver";
import type { RecordedExchange } from "./report";
import { Sample } from "./server-sample";
import { Transport } from "./transport";

const LINES_PATH = "/phone_numbers";
/** The API takes one check of availability in 10 s, by its own clock. */
const CHECK_WINDOW_MS = 10_500;
/** How often a server that answers 5xx is asked for its lines. */
const MOST_TRIES = 4;
const EVENT_TIMEOUT_MS = 30_000;
const OWN_EVENT_TIMEOUT_MS = 5_000;
/** How many people are made up to write to, where the target is a mock of our own. */
const MADE_UP = 6;

/** A run's hold on a server: what it may do there, what it knows of it, and what it has made. */
export class ContractSession {
  readonly options: ContractOptions;
  readonly kinds: ReadonlySet<Kind>;
  readonly demands: Demands;
  readonly transport: Transport;
  readonly ledger: Ledger;
  readonly api: Api;
  readonly #freshApi: Api;
  readonly random: Random;
  readonly mark = newMark();
  readonly people: readonly string[];
  /** Checks that laws put off until all else was asked. */
  readonly laters = new Map<Law, () => Promise<void>>();
  /** Undefined when the account has none. */
  line: string | undefined;
  /** What the address of the receiver begins with; undefined when the target cannot reach it. */
  readonly #webhookUrl: string | undefined;
  #sample: Sample | undefined;
  #receiver: Promise<Receiver> | undefined;
  #uniques = 0;
  #lastChange: string | undefined;
  readonly #time: ClientTime;
  /** When availability was checked last, in ms. */
  #checkedAt = Number.NEGATIVE_INFINITY;

  /** @throws TargetError when the options cannot be what is meant */
  constructor(options: ContractOptions) {
    const { token, isOwnMock, allow = [], recipients = [], seed = 1 } = options;
    requireUsableToken(token);
    const baseUrl = baseUrlOf(options.target);
    this.options = options;
    this.#time = options.time ?? realTime;
    this.demands = demandsOf(options);
    this.kinds = new Set(isOwnMock ? KINDS : ["read", ...allow]);
    this.random = new Random(seed);
    this.people = isOwnMock ? madeUp(this.random) : recipients.map(readRecipient);
    if (!isOwnMock && this.kinds.has("send") && this.people.length === 0) {
      throw new TargetError("Sending needs somebody to send to; name each with --recipient.");
    }
    this.ledger = new Ledger({ file: options.ledgerFile, target: baseUrl, mark: this.mark });
    this.#webhookUrl = options.webhookUrl ?? (isLoopbackHost(new URL(baseUrl).hostname) ? "http://127.0.0.1:" : undefined);
    this.transport = new Transport({
      ...options,
      baseUrl,
      wrongToken: `${this.mark}-no-token`,
      permissions: {
        kinds: this.kinds,
        recipients: isOwnMock ? "anyone" : new Set(this.people),
        spareLine: options.spareLine,
        visibleChat: options.chat,
        webhookUrl: this.#webhookUrl,
      },
      ledger: this.ledger,
    });
    this.transport.listen(({ operation, request: { method, path } }) => {
      if (kindOf[operation] !== "read") this.#lastChange = `${method} ${path}`;
      if (operation === "checkIMessageAvailability") this.#checkedAt = this.#time.now();
    });
    this.api = apiOf(this.transport);
    this.#freshApi = apiOf({ send: (request) => this.transport.send(request) });
  }

  /** Finds out whether this is the API, and which line to ask about. @throws TargetError when nothing can be judged here */
  async open(): Promise<void> {
    const { line, spareLine, chat, contact, ledgerFile } = this.options;
    if (ledgerFile !== undefined && this.kinds.size > 1 && readLedger(ledgerFile)) {
      throw new TargetError(
        `An earlier run has not ended well, and may have left things behind (${ledgerFile}); remove them with --sweep.`,
      );
    }
    const lines = await readLines(this.transport);
    this.line = line === undefined ? lines[0]?.phone_number : ownLine(lines, line, "--line");
    if (spareLine !== undefined) ownLine(lines, spareLine, "--spare-line");
    if (chat !== undefined) await requireThere(this.transport, "--chat", `/chats/${chat}`);
    if (contact !== undefined) await requireThere(this.transport, "--contact", `/contacts/${contact}`);
  }

  /** Forgets what was read, so that the next law reads it again. */
  forget(): void {
    this.#sample = undefined;
    this.transport.forget();
  }

  /** What a law gets, or whatever else asks. */
  context(law?: Law): LawContext {
    const { api, random, kinds, people, options } = this;
    const ownLine = (): string => {
      if (this.line === undefined) throw new Skip("the account has no lines");
      return this.line;
    };
    this.#sample ??= new Sample(api, { ...options, random, line: ownLine });
    return {
      api,
      freshApi: this.#freshApi,
      random,
      kinds,
      isOwnMock: options.isOwnMock,
      time: this.#time,
      people,
      spareLine: options.spareLine,
      sample: this.#sample,
      get line() {
        return ownLine();
      },
      unique: () => {
        this.#uniques += 1;
        return numbered(this.mark, this.#uniques);
      },
      later: (look) => void (law && this.laters.set(law, look)),
      untilNextCheck: () => this.#untilNextCheck(),
      receiver: () => this.#openReceiver(),
    };
  }

  async #untilNextCheck(): Promise<void> {
    const { isOwnMock, signal } = this.options;
    const ms = Math.min(CHECK_WINDOW_MS, this.#checkedAt + CHECK_WINDOW_MS - this.#time.now());
    if (!isOwnMock && ms > 0) await this.#time.sleep(ms, signal).catch(() => undefined); // the next request ends a run that was stopped
  }

  /** What has come to the receiver, if one was ever asked for. */
  async deliveries(): Promise<readonly ReceivedDelivery[]> {
    return (await this.#receiver?.catch(() => undefined))?.deliveries ?? [];
  }

  /** Undoes what was made; returns what is left. */
  async close(): Promise<Created[]> {
    const left = await cleanUp(this.ledger, this.transport.forUndoing());
    await (await this.#receiver?.catch(() => undefined))?.stop();
    return left;
  }

  #openReceiver(): Promise<Receiver> {
    const { webhookUrl, webhookPort = 0, isOwnMock, eventTimeoutMs } = this.options;
    if (this.#webhookUrl === undefined) throw new Skip("the target cannot reach this machine; name a way with --webhook-url");
    this.#receiver ??= Receiver.start({
      port: webhookPort,
      publicUrl: webhookUrl,
      eventTimeoutMs: eventTimeoutMs ?? (isOwnMock ? OWN_EVENT_TIMEOUT_MS : EVENT_TIMEOUT_MS),
      lastChange: () => this.#lastChange,
    });
    return this.#receiver;
  }
}

function madeUp(random: Random): string[] {
  return Array.from({ length: MADE_UP }, (_, i) => `+1907555${1000 + i * 1000 + random.below(1000)}`);
}

/**
 * Finds out whether there is the API, and whether it accepts the token.
 *
 * @returns the lines of the account
 * @throws TargetError when it is something else, or refuses the token, ServerTrouble when it answers nothing but 5xx
 */
export async function readLines(transport: Transport): Promise<ApiPhoneNumber[]> {
  const { baseUrl } = transport;
  const ask = (): Promise<RecordedExchange> =>
    transport.send({ method: "GET", path: LINES_PATH }).catch((error: unknown) => {
      if (!(error instanceof Inconclusive)) throw error;
      throw new TargetError(`${baseUrl} cannot be judged: ${error.message}; check the address, the server and the network.`);
    });
  let { response } = await ask();
  for (let tries = 1; response.status >= 500 && tries < MOST_TRIES; tries += 1) ({ response } = await ask());
  const { status, body, headers } = response;
  const { "content-type": contentType, location } = headers;
  const url = new URL(`${baseUrl}${API_PREFIX}${LINES_PATH}`);
  const isPage = typeof body !== "object" && !isJsonType(contentType); // JSON under another type is a matter of its shape
  if (status === 401) throw new TokenRefused(url, body);
  if (status >= 500) throw new ServerTrouble(explainRefusal(url, { status, contentType, location }));
  if (status !== 200 || isPage) throw new TargetError(explainRefusal(url, { status, contentType, location }));
  if (typeof body !== "object")
    throw new TargetError(`${url.origin} answers ${url.pathname} with JSON that is cut off or broken.`);
  const lines = (body as { phone_numbers?: unknown } | null)?.phone_numbers;
  if (Array.isArray(lines)) return lines as ApiPhoneNumber[];
  throw new TargetError(
    `${url.origin} answers ${url.pathname} without a list of phone numbers; check that it is the Linq Partner API V2.`,
  );
}

/** Asks for what a flag names. @throws TargetError when the server has it not */
async function requireThere(transport: Transport, flag: string, path: string): Promise<void> {
  const { response } = await transport.send({ method: "GET", path });
  if (response.status !== 404) return;
  throw new TargetError(
    `What ${flag} names is not in this account: GET ${path} answers 404; leave ${flag} out, and one is found.`,
  );
}

/** A line as the server writes it. @throws TargetError when it is none */
function ownLine(lines: readonly ApiPhoneNumber[], given: string, flag: string): string {
  const wanted = parsePhoneNumber(given);
  if (wanted === undefined) throw new TargetError(`The number of ${flag} cannot be read; write it as +12223334444.`);
  const found = lines.find(({ phone_number }) => canonical(String(phone_number)) === wanted);
  if (found) return found.phone_number;
  const has = lines.length === 1 ? "1 line" : `${lines.length} lines`;
  throw new TargetError(`The number of ${flag} is no line of this account, which has ${has}; GET /phone_numbers lists them.`);
}
