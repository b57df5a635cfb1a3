import type { Identifier } from "../../contracts/identifier";
import type { Service } from "../../contracts/service";
import type { Chat, Contact, Line, Message, User, WorldRecords } from "../../fixtures/records";
import { settled } from "../domain/settled";
import type { Clock } from "./clock";
import { Collection } from "./collection";
import type { Seed } from "./seed";

/** Everything that a reset must forget, in one object: a sandbox resets by making a new one. */
export class World {
  readonly clock: Clock;
  readonly users: Collection<User, never>;
  readonly lines: Collection<Line, "phoneNumber">;
  readonly contacts: Collection<Contact, "identifier">;
  readonly chats: Collection<Chat, "key" | "member">;
  readonly messages: Collection<Message, "chat" | "idempotencyKey">;
  readonly availability: ReadonlyMap<Identifier, Service>;
  #lastHandleId: number;

  constructor(seed: Seed, clock: Clock) {
    this.clock = clock;
    this.users = new Collection(seed.users);
    this.lines = new Collection(seed.lines);
    this.contacts = new Collection(seed.contacts);
    this.chats = new Collection(seed.chats);
    this.messages = new Collection(seed.messages);
    this.availability = seed.availability;
    this.#lastHandleId = seed.lastHandleId;
  }

  nextHandleId(): number {
    this.#lastHandleId += 1;
    return this.#lastHandleId;
  }

  /** Everything in the world by now, by ascending id. */
  records(): WorldRecords {
    const now = this.clock.now();
    return {
      users: [...this.users.values()],
      lines: [...this.lines.values()],
      contacts: [...this.contacts.values()],
      availability: Object.fromEntries(this.availability),
      chats: [...this.chats.values()],
      messages: [...this.messages.values()].map((message) => settled(message, now)),
    };
  }
}
