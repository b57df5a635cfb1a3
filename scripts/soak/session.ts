import { setTimeout as pause } from "node:timers/promises";
import { en, Faker } from "@faker-js/faker";
import { median } from "../bench/measuring";
import type { Memory, ProbedServer } from "../bench/servers";

const PREFIX = "/api/partner/v2";
const MAX_REMEMBERED = 200;

interface Sent {
  readonly chat: number;
  readonly id: number;
}

/** One client of the mock, with a sandbox for itself: what it has made there, and how it was answered. */
export class Session {
  readonly faker: Faker;
  /** Where events are to be sent. */
  readonly receiver: string;
  /** How many actions it has done. */
  age: number;
  chats: number[] = [];
  messages: Sent[] = [];
  contacts: number[] = [];
  subscriptions: number[] = [];
  readonly #server: string;
  readonly #number: number;
  readonly #answers: Map<string, number>;
  #generation = 0;

  /** `answers` counts the answers of all sessions, by what was asked and the status. */
  constructor(number: number, age: number, urls: { server: string; receiver: string }, answers: Map<string, number>) {
    this.age = age;
    this.faker = new Faker({ locale: en, seed: number });
    this.receiver = urls.receiver;
    this.#server = urls.server;
    this.#number = number;
    this.#answers = answers;
  }

  /** Calls the vendor's API; the name says what for. */
  api(name: string, method: string, path: string, body?: object): Promise<unknown> {
    return this.#call(name, method, `${PREFIX}${path}`, body);
  }

  /** Calls the mock's own API. */
  control(method: string, path: string, body?: object): Promise<unknown> {
    return this.#call(`${method} /__mock${path}`, method, `/__mock${path}`, body);
  }

  /** Ends the sandbox, and goes on in one of another name. */
  async dropSandbox(): Promise<void> {
    await this.#call("DELETE /__mock/sandboxes", "DELETE", `/__mock/sandboxes/${this.#sandbox}`, undefined);
    this.#generation += 1;
    this.forget();
  }

  /** What was made is no longer there. */
  forget(): void {
    this.chats = [];
    this.messages = [];
    this.contacts = [];
    this.subscriptions = [];
  }

  remember(sent: Sent): void {
    this.messages.push(sent);
    if (this.messages.length > MAX_REMEMBERED) this.messages.shift();
  }

  get #sandbox(): string {
    return `soak-${this.#number}-${this.#generation}`;
  }

  async #call(name: string, method: string, path: string, body: object | undefined): Promise<unknown> {
    const isForm = body instanceof FormData;
    const headers = { "X-LINQ-INTEGRATION-TOKEN": "soak", ...(body && !isForm && { "Content-Type": "application/json" }) };
    const response = await fetch(`${this.#server}/s/${this.#sandbox}${path}`, {
      method,
      headers,
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const key = `${response.status} ${name}`;
    this.#answers.set(key, (this.#answers.get(key) ?? 0) + 1);
    if (!response.ok && this.#answers.get(key) === 1) console.error(`${key}: ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }
}

const WARM_UP = 0.2;
const MAX_GROWTH = 0.1;

/** The memory of a server, again and again, until the time (ms, as performance.now) has come; each is told as it is taken. */
export async function watch(
  server: ProbedServer,
  until: number,
  everyMs: number,
  tell: (memory: Memory) => void,
): Promise<Memory[]> {
  const samples: Memory[] = [];
  while (performance.now() < until) {
    await pause(everyMs);
    const memory = await server.memory();
    samples.push(memory);
    tell(memory);
  }
  return samples;
}

export interface Growth {
  /** Medians of the first and the last third after the warm-up, in bytes. */
  readonly from: number;
  readonly to: number;
  readonly isFlat: boolean;
}

/** How a value grew after the warm-up, which is the first fifth. */
export function growthOf(values: readonly number[]): Growth {
  const settled = values.slice(Math.ceil(values.length * WARM_UP));
  const third = Math.floor(settled.length / 3);
  if (third === 0) throw new Error("too few samples to tell whether memory grows");
  const from = median(settled.slice(0, third));
  const to = median(settled.slice(-third));
  return { from, to, isFlat: to / from - 1 < MAX_GROWTH };
}
