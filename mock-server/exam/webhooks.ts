import type { ApiVersion } from "../server/api-version";
import { chatsByActivity } from "../world/chat-order";
import type { Delivery } from "../world/delivery-log";
import type { WorldEvent } from "../world/events";
import type { Chat, Message } from "../world/model";
import { ownHandle } from "../world/participants";
import type { World } from "../world/world";

/** A webhook of an exam: the bytes that are sent, and what they are about. */
export type ExamWebhook = Pick<Delivery, "eventId" | "eventType" | "body">;

const NEWEST_LOOKED_AT = 50;
const LATE_MS = 3_600_000;

/** Who is told, and in which version's words. */
interface ToldTo {
  readonly version: ApiVersion;
  readonly url: string;
}

/** Words events of a world as a version of the API does. The world stays as it is: they tell of messages that it has. */
export class ExamWebhooks {
  readonly #world: World;
  readonly #version: ApiVersion;
  readonly #url: string;
  readonly #chat: Chat;
  readonly #earlier: Message;
  readonly #later: Message;

  private constructor(world: World, { version, url }: ToldTo, [chat, earlier, later]: readonly [Chat, Message, Message]) {
    this.#world = world;
    this.#url = url;
    this.#version = version;
    this.#chat = chat;
    this.#earlier = earlier;
    this.#later = later;
  }

  /** Undefined when nobody in the world has written twice in one chat. */
  static of(world: World, to: ToldTo): ExamWebhooks | undefined {
    const told = twoReceived(world);
    return told && new ExamWebhooks(world, to, told);
  }

  usual(): ExamWebhook {
    return this.#received(this.#later);
  }

  /** Two webhooks of one chat, the later first. */
  outOfOrder(): readonly [ExamWebhook, ExamWebhook] {
    const earlier = this.#received(this.#earlier);
    return [this.#received(this.#later), earlier];
  }

  /** What happened an hour ago. */
  late(): ExamWebhook {
    const past = this.#world.copy({ mode: "frozen", instant: this.#world.clock.now() - LATE_MS });
    const webhook = this.#received(this.#later, past);
    past.clock.close();
    past.releaseMemory();
    return webhook;
  }

  huge(length: number): ExamWebhook {
    return this.#received({ ...this.#later, text: "Long. ".repeat(length / "Long. ".length) });
  }

  /** A webhook of a type that no version has. */
  ofUnknownType(): ExamWebhook {
    return changed(this.usual(), (envelope) => ({ ...envelope, event_type: "exam.unknown" }));
  }

  withUnknownFields(): ExamWebhook {
    const unknown = { exam_unknown: { of: ["an", "exam"] } };
    return changed(this.usual(), (envelope) => ({
      ...envelope,
      ...unknown,
      data: { ...(envelope["data"] as object), ...unknown },
    }));
  }

  #received(message: Message, world = this.#world): ExamWebhook {
    const event: WorldEvent = { kind: "message.received", chat: this.#chat, message };
    const type = this.#version.eventType(event) ?? "";
    const eventId = this.#world.uuids.next();
    const payloadVersion = this.#version.webhookPayloadVersion(type, { url: this.#url }) ?? "";
    return { eventId, eventType: type, body: this.#version.webhookBody(world, event, { type, payloadVersion, eventId }) };
  }
}

function changed({ body, ...others }: ExamWebhook, change: (envelope: Record<string, unknown>) => object): ExamWebhook {
  return { ...others, body: JSON.stringify(change(JSON.parse(body) as Record<string, unknown>)) };
}

function twoReceived(world: World): readonly [Chat, Message, Message] | undefined {
  for (const id of chatsByActivity(world)) {
    const chat = world.chats.get(id);
    if (!chat) continue;
    const count = world.messages.count("chat", id);
    const newest = world.messages.slice("chat", id, Math.max(0, count - NEWEST_LOOKED_AT), count);
    const [earlier, later] = newest.filter(({ handleId }) => handleId !== ownHandle(chat).id).slice(-2);
    if (earlier && later) return [chat, earlier, later];
  }
  return undefined;
}
