import type { ApiChat, ApiEvent, ApiMessage, ApiReaction } from "../contracts/api-types";
import type { FixtureDocument, FixtureFaultProfile, FixtureFaultRule } from "../fixtures/generated/fixture-document";
import type { LongDocument } from "../fixtures/write/to-document";
import type { components } from "./control/generated/types";
import {
  baseOf,
  type ControlAnswer,
  ControlConnection,
  queryOf,
  type Send,
  type WaitOptions,
  waitQuery,
} from "./control-connection";
import { checkOptionNames } from "./option-names";
import type { DeliveryFilter, RecordedDelivery, Time, WebhookEventFilter } from "./recorded-delivery";
import type { Found, RequestFilter } from "./recorded-request";
import { requestPage, webhookPage } from "./server/page-address";
import { SANDBOX_NAME, SANDBOX_NAME_RULE, TOKEN_PREFIX } from "./world/sandbox-name";

type Schemas = components["schemas"];
export type Advice = Schemas["Advice"];

/**
 * A sandbox of a running mock: a world of its own, and what a test needs to steer and to watch it. It speaks to `/__mock`, so it
 * works with a mock in any process. What cannot be done rejects with an Error that says why.
 */
export class SandboxClient {
  readonly name: string;
  /** The base URL of this sandbox; any token goes with it. */
  readonly url: string;
  /** The token that chooses this sandbox on the server's own URL. */
  readonly token: string;
  readonly #connection: ControlConnection;
  readonly #serverUrl: string;

  /** @throws TypeError when the URL or the name cannot be one */
  constructor(send: Send, serverUrl: string, name: string, controlToken?: string) {
    if (!SANDBOX_NAME.test(name ?? "")) {
      throw new TypeError(`linq-mock: ${SANDBOX_NAME_RULE}: new TestSandbox("http://localhost:4010", "checkout")`);
    }
    this.#connection = new ControlConnection(send, controlToken);
    this.name = name;
    this.#serverUrl = baseOf(serverUrl);
    this.url = `${this.#serverUrl}/s/${name}`;
    this.token = `${TOKEN_PREFIX}${name}`;
  }

  /** What the other side does. */
  readonly simulate = {
    /** Somebody writes, into a chat or, with `line`, to a line. */
    message: (message: Schemas["SimulatedMessage"]): Promise<{ chat: ApiChat; message: ApiMessage }> =>
      this.#simulate("message", message),
    /** Somebody begins to type or, with `typing: false`, stops. */
    typing: (typing: Schemas["SimulatedTyping"]): Promise<ControlAnswer<"simulateTyping", 200>> =>
      this.#simulate("typing", typing),
    /** Somebody reacts to a message or, with `operation: "remove"`, takes it back. */
    reaction: (reaction: Schemas["SimulatedReaction"]): Promise<{ reaction: ApiReaction }> =>
      this.#simulate("reaction", reaction),
    /** Somebody reads what your line has sent. */
    read: (read: Schemas["SimulatedRead"]): Promise<ControlAnswer<"simulateRead", 200>> => this.#simulate("read", read),
    participantAdded: (added: Schemas["SimulatedMembership"]): Promise<{ chat: ApiChat }> =>
      this.#simulate("participant_added", added),
    participantRemoved: (removed: Schemas["SimulatedMembership"]): Promise<{ chat: ApiChat }> =>
      this.#simulate("participant_removed", removed),
    /** A call with a line has ended. */
    call: (call: Schemas["SimulatedCall"]): Promise<{ call: ApiEvent<"call.completed">["data"] }> =>
      this.#simulate("call", call),
    /** A message that your line has sent is delivered, fails, or is read. */
    delivery: (delivery: Schemas["SimulatedDelivery"]): Promise<ControlAnswer<"simulateDelivery", 200>> =>
      this.#simulate("delivery", delivery),
    /** The next message that your line sends in a chat fails or, with `fails: false`, does not. */
    nextFailure: (failure: Schemas["SimulatedNextFailure"]): Promise<ControlAnswer<"simulateNextFailure", 200>> =>
      this.#simulate("next_failure", failure),
  };

  /** The sandbox's time. */
  readonly clock = {
    read: (): Promise<Schemas["Clock"]> => this.#call("GET", "/clock"),
    /** Stops it. When that time lies ahead, everything that falls due until then happens first. */
    freeze: (time: Time): Promise<Schemas["SetClock"]> => this.#call("PUT", "/clock", { freeze: time }),
    /** Lets milliseconds pass; resolves when everything has happened that fell due meanwhile. */
    advance: (ms: number): Promise<Schemas["SetClock"]> => this.#call("PUT", "/clock", { advance_ms: ms }),
    /** Lets it run with the machine's again. */
    run: (): Promise<Schemas["SetClock"]> => this.#call("PUT", "/clock", { mode: "real" }),
    /** Stops it where it is. */
    pause: (): Promise<Schemas["SetClock"]> => this.#call("PUT", "/clock", { pause: true }),
    /** Lets time pass until the next thing falls due, and has happened. */
    nextEvent: (): Promise<Schemas["SetClock"]> => this.#call("PUT", "/clock", { next_event: true }),
  };

  /** Files to send with simulated messages, by their ids. */
  readonly files = {
    samples: async (): Promise<Schemas["File"][]> =>
      (await this.#call<ControlAnswer<"listSamples", 200>>("GET", "/files/samples")).files,
  };

  /** What goes wrong. A reset ends what was armed. */
  readonly faults = {
    list: async (): Promise<Schemas["ArmedFault"][]> => (await this.#call<Schemas["Faults"]>("GET", "/faults")).faults,
    /** Arms a rule, or all rules of a profile. Resolves with all that are armed. */
    arm: async (fault: FixtureFaultRule | FixtureFaultProfile): Promise<Schemas["ArmedFault"][]> => {
      const body = typeof fault === "string" ? { profile: fault } : fault;
      return (await this.#call<Schemas["Faults"]>("POST", "/faults", body)).faults;
    },
    /** Disarms the rule of a name or, without one, all. */
    disarm: (name?: string): Promise<void> =>
      this.#call("DELETE", name === undefined ? "/faults" : `/faults/${encodeURIComponent(name)}`),
  };

  /** What was asked of the API. */
  readonly requests = {
    /** Newest first, at most the 500 that are kept. */
    list: async <const Filter extends RequestFilter = object>(filter?: Filter): Promise<Found<Filter>[]> =>
      (await this.#call<{ requests: Found<Filter>[] }>("GET", `/requests${queryOf({ ...filter, limit: 1000 })}`)).requests,
    /** Resolves with all that match, newest first, once there are so many; those that came before count, too. */
    waitFor: async <const Filter extends RequestFilter>(filter: Filter, options: WaitOptions = {}): Promise<Found<Filter>[]> =>
      (await this.#call<{ requests: Found<Filter>[] }>("GET", `/requests/wait${waitQuery(filter, options)}`)).requests,
    clear: (): Promise<void> => this.#call("DELETE", "/requests"),
  };

  /** What was sent to webhook subscriptions. */
  readonly deliveries = {
    /** Newest first, at most 1,000. */
    list: async (filter: DeliveryFilter = {}): Promise<RecordedDelivery[]> =>
      (await this.#call<ControlAnswer<"listDeliveries", 200>>("GET", `/deliveries${queryOf({ ...filter, limit: 1000 })}`))
        .deliveries,
    /** Waits for deliveries. Unless a status is asked for, only those count that were delivered. */
    waitFor: async (filter: DeliveryFilter, options: WaitOptions = {}): Promise<RecordedDelivery[]> =>
      (await this.#call<ControlAnswer<"waitForDeliveries", 200>>("GET", `/deliveries/wait${waitQuery(filter, options)}`))
        .deliveries,
    /** Sends an event again, as a new delivery: at once and well signed, unless told otherwise. */
    redeliver: (id: number, how?: Schemas["Redelivery"]): Promise<RecordedDelivery> =>
      this.#call("POST", `/deliveries/${id}/redeliver`, how),
    /** Has a delivery that waits come later. */
    delay: (id: number, ms: number): Promise<ControlAnswer<"delayDelivery", 200>> =>
      this.#call("POST", `/deliveries/${id}/delay`, { ms }),
    /** Ends a delivery that is pending. */
    drop: (id: number): Promise<ControlAnswer<"dropDelivery", 200>> => this.#call("POST", `/deliveries/${id}/drop`),
    /** Lets time pass until its next attempt, which has then ended. */
    run: (id: number): Promise<ControlAnswer<"runDelivery", 200>> => this.#call("POST", `/deliveries/${id}/run`),
  };

  /** What happened that a webhook tells of, newest first: who got it or, when nobody did, why. */
  async webhookEvents(filter: WebhookEventFilter = {}): Promise<Schemas["WebhookEvent"][]> {
    const { webhook_events } = await this.#call<ControlAnswer<"listWebhookLog", 200>>(
      "GET",
      `/webhook_events${queryOf(filter)}`,
    );
    return webhook_events;
  }

  /** A receiver of webhooks that the mock brings itself. It outlives a reset; what it got does not. */
  readonly receiver = {
    /** Opens it, subscribed to everything unless told otherwise; where it is open, changes what it answers and is told. */
    open: async (how: Schemas["OpenReceiver"] = {}): Promise<Schemas["Receiver"]> =>
      (await this.#call<ControlAnswer<"openReceiver", 201>>("POST", "/receiver", how)).receiver,
    /** What it got, newest first. */
    received: async (): Promise<Schemas["Received"][]> =>
      (await this.#call<ControlAnswer<"readReceiver", 200>>("GET", "/receiver?limit=1000")).received,
    close: (): Promise<void> => this.#call("DELETE", "/receiver"),
  };

  /** Sends a receiver of webhooks what real life sends, and grades it: A to D, or F. */
  async exam(receiver: {
    readonly url: string;
    readonly secret?: string;
    readonly version?: string;
  }): Promise<Schemas["Exam"]> {
    return (await this.#call<ControlAnswer<"takeExam", 200>>("POST", "/exam", receiver)).exam;
  }

  /** Worlds to come back to. They outlive a reset. */
  readonly snapshots = {
    list: async (): Promise<string[]> => (await this.#call<ControlAnswer<"listSnapshots", 200>>("GET", "/snapshots")).snapshots,
    save: async (name: string): Promise<void> => this.#call("PUT", snapshotPath(name)),
    restore: async (name: string): Promise<void> => this.#call("POST", `${snapshotPath(name)}/restore`),
    delete: async (name: string): Promise<void> => this.#call("DELETE", snapshotPath(name)),
  };

  /** The world as a fixture document. */
  state(): Promise<LongDocument> {
    return this.#call("GET", "/state");
  }

  /** Puts a fixture document in the place of the whole world, until the next reset. The clock stays as it is set. */
  async load(fixtures: FixtureDocument): Promise<void> {
    await this.#call("PUT", "/fixtures", fixtures);
  }

  /** Takes this sandbox back to what the mock was started with. */
  reset(): Promise<void> {
    return this.#call("POST", "/reset");
  }

  /** Takes back the last reset, load or restored snapshot; once. */
  undoReset(): Promise<void> {
    return this.#call("POST", "/reset/undo");
  }

  /** Copies world and clock into another sandbox: as they are now or, with `atMessage`, as they were just after that message. */
  async fork(how: { readonly as?: string; readonly atMessage?: number } = {}): Promise<SandboxClient> {
    checkOptionNames("fork", how, ["as", "atMessage"]);
    const { as, atMessage } = how;
    const path = `/sandboxes/${this.name}/fork`;
    const { sandbox } = await this.#call<ControlAnswer<"forkSandbox", 201>>(
      "POST",
      path,
      { as, at_message: atMessage },
      this.#serverUrl,
    );
    return new SandboxClient(this.#connection.send, this.#serverUrl, sandbox.name, this.#connection.controlToken);
  }

  /** Ends this sandbox and forgets it. */
  async drop(): Promise<void> {
    await this.#call("DELETE", `/sandboxes/${this.name}`, undefined, this.#serverUrl);
  }

  /**
   * Where an answer or an event of the mock broke the contract, of the last 500 requests and 1,000 deliveries; empty when all obeyed. What a test asserts
   * at its end, so that it does not rest on a mock that lies.
   */
  async contractViolations(): Promise<string[]> {
    const [requests, deliveries] = await Promise.all([this.requests.list(), this.deliveries.list()]);
    const broken = [
      ...requests.map((request) => ({
        ...request,
        what: `${request.method} ${request.path} ${request.status} (${request.id})`,
        page: requestPage(this.url, request.id),
      })),
      ...deliveries.map((delivery) => ({
        ...delivery,
        what: `${delivery.event} (delivery ${delivery.id})`,
        page: webhookPage(this.url, delivery.webhook_event_id),
      })),
    ];
    return broken.flatMap(({ what, contract, page }) =>
      contract.violations.map(({ pointer, reason }) => `${what} at ${pointer || "the answer"}: ${reason} ${page}`),
    );
  }

  /** What the last requests and deliveries show that their client could do better; empty when it does it right. */
  async advice(): Promise<Advice[]> {
    return (await this.#call<ControlAnswer<"advice", 200>>("GET", "/advice")).advice;
  }

  #simulate<T>(what: string, body: object): Promise<T> {
    return this.#call("POST", `/simulate/${what}`, body);
  }

  #call<T>(method: string, path: string, body?: object, baseUrl: string = this.url): Promise<T> {
    return this.#connection.call(baseUrl, method, path, body);
  }
}

/** @throws TypeError without a name */
function snapshotPath(name: unknown): string {
  if (typeof name !== "string" || name === "") throw new TypeError('A snapshot has a name: snapshots.save("before")');
  return `/snapshots/${encodeURIComponent(name)}`;
}
