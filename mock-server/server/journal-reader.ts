import type { Delivery } from "../world/delivery-log";
import type { JournalEntry } from "../world/journal";
import type { World } from "../world/world";

/** Reads the calls of a version that a journal has kept. */
export interface JournalReader {
  /** Who has asked, as far as it can be told: limits, too, are counted by the token. */
  caller(entry: JournalEntry): string;
  /** What a refusal says is wrong; undefined when the answer is none. */
  reasonOfRefusal(entry: JournalEntry): string | undefined;
  /** What a call wanted to send; undefined when it wanted something else, or its body is not as it must be. */
  sentMessage(entry: JournalEntry): SentMessage | undefined;
  /** The page of a list that a call was answered with; undefined when it asked for no list. */
  listRead(entry: JournalEntry): ListRead | undefined;
  /** The chat and the message that a call was about, by their ids in the world, as far as it can be told. */
  subject(
    entry: JournalEntry,
    world: Pick<World, "publicIds">,
  ): { readonly chat?: number | undefined; readonly message?: number | undefined };
  /** What does the same in the version that comes after; undefined where there is none. */
  successorOf?(entry: JournalEntry): string | undefined;
  /** Whether a call wanted to subscribe to webhooks. */
  subscribes(entry: JournalEntry): boolean;
  /** Whether a webhook of its own may be why a call reads. */
  isPromptedBy(entry: JournalEntry, delivery: Delivery): boolean;
}

interface SentMessage {
  /** Equal for two that send the same to the same people. */
  readonly sameness: string;
  /** Whether the server can tell that it is the same message when it comes again. */
  readonly hasKey: boolean;
}

export interface ListRead {
  /** The list as the world counts its first pages. */
  readonly list: string;
  readonly page: number;
  readonly pages: number;
  /** `newest`: from the end of the conversation; `window`: between two moments. */
  readonly order: "oldest" | "newest" | "window";
}
