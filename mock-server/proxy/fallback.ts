import type { HttpAnswer } from "../../contracts/client/http-client";
import { type AnyOperationId, type ContractVersion, contractV3, operationOf } from "../../contracts/contract-version";
import type { OperationId } from "../../contracts/generated/v2/operations";
import { ProgressLine } from "../command-line/progress-line";
import type { MockOptions } from "../server/options";
import { type MockServer, startMock } from "../server/start-mock-server";
import { fileCalled } from "../world/announced-files";
import type { RecordKind } from "../world/public-ids";
import type { Sandbox } from "../world/sandbox";
import { DEFAULT_SANDBOX, SandboxError, type Sandboxes, sandboxNamedBy } from "../world/sandboxes";
import type { World } from "../world/world";
import { jsonOf } from "./check";

/** A mock that answers what it knows. */
export interface FallbackMock {
  /** Without a slash at the end. */
  readonly url: string;
  /** Whether the world that a token opens has the thing that a path is about: of a path below a chat, the chat. */
  knows(contract: ContractVersion, token: string | undefined, path: string): boolean;
}

/** Starts the mock that a proxy asks first, on a port of its own. */
export async function openFallback(fixtures: MockOptions["fixtures"]): Promise<{ server: MockServer; fallback: FallbackMock }> {
  const progress = new ProgressLine();
  const options = fixtures === undefined ? {} : { fixtures };
  const { server, mock } = await startMock(options, progress.show).finally(() => progress.end());
  const knows: FallbackMock["knows"] = (contract, token, path) => {
    const sandbox = sandboxOf(mock.sandboxes, token);
    return sandbox === undefined || FALLBACKS[contract.name].hasThing(sandbox.world, path);
  };
  return { server, fallback: { url: server.url, knows } };
}

/** As the mock itself would choose it; undefined for a name that it will refuse. */
function sandboxOf(sandboxes: Sandboxes, token = ""): Sandbox | undefined {
  try {
    return sandboxes.open(sandboxNamedBy(token) ?? DEFAULT_SANDBOX);
  } catch (error) {
    if (error instanceof SandboxError) return undefined;
    throw error;
  }
}

type Collections = Pick<World, "chats" | "messages" | "reactions" | "contacts" | "lines" | "subscriptions">;

const COLLECTIONS: Readonly<Record<string, keyof Collections>> = {
  chats: "chats",
  chat_messages: "messages",
  chat_message_reactions: "reactions",
  contacts: "contacts",
  phone_numbers: "lines",
  webhook_subscriptions: "subscriptions",
};

/** Whether a world has the first thing that a path names by its id: of `/chats/46/chat_messages/7`, chat 46. */
function hasThing(world: World, path: string): boolean {
  const [, name = "", id = ""] = path.split("/");
  const collection = COLLECTIONS[name];
  return collection !== undefined && world[collection].get(Number(id)) !== undefined;
}

/** What of V3 has an id that a world can be asked for, by the first name in a path. */
const KINDS_OF_V3: Readonly<Record<string, readonly [RecordKind, keyof Collections]>> = {
  chats: ["chat", "chats"],
  messages: ["message", "messages"],
  phone_numbers: ["line", "lines"],
  "webhook-subscriptions": ["subscription", "subscriptions"],
};

/** As {@link hasThing}, of a path of V3; a file is known by its UUID. */
function hasThingOfV3(world: World, path: string): boolean {
  const [, name = "", uuid = ""] = path.split("/");
  if (name === "attachments") return fileCalled(world, uuid.toLowerCase()) !== undefined;
  const [kind, collection] = KINDS_OF_V3[name] ?? [];
  const id = kind && world.publicIds.idOf(kind, uuid);
  return id !== undefined && collection !== undefined && world[collection].get(id) !== undefined;
}

/** Who answers an operation: the mock; the mock, unless it finds nothing; the mock, if it has the thing that the path names. */
type Answerer = "mock" | "finder" | "owner";

/** Lists and what makes something new are the mock's alone, or its world would not hang together. */
const answererOf: Readonly<Record<OperationId, Answerer>> = {
  listChats: "mock",
  createChat: "mock",
  findChat: "finder",
  getChat: "owner",
  markChatAsRead: "owner",
  startTyping: "owner",
  stopTyping: "owner",
  shareContact: "owner",
  migrateChat: "owner",
  listMessages: "owner",
  sendMessage: "owner",
  getMessage: "owner",
  deleteMessage: "owner",
  editMessage: "owner",
  createReaction: "owner",
  getReaction: "owner",
  listContacts: "mock",
  createContact: "mock",
  findContact: "finder",
  getContact: "owner",
  updateContact: "owner",
  patchContact: "owner",
  deleteContact: "owner",
  listPhoneNumbers: "mock",
  updatePhoneNumber: "owner",
  checkIMessageAvailability: "mock",
  listWebhookSubscriptions: "mock",
  createWebhookSubscription: "mock",
  updateWebhookSubscription: "owner",
  deleteWebhookSubscription: "owner",
};

/** How a version shares its calls between the mock and the target. Those of V3 that name a thing in their path are its owner's. */
const FALLBACKS: Readonly<
  Record<ContractVersion["name"], { answererOf(operation: string): Answerer; hasThing(world: World, path: string): boolean }>
> = {
  v2: { answererOf: (operation) => answererOf[operation as OperationId], hasThing },
  v3: {
    answererOf: (operation) => (operationOf(contractV3, operation).path.includes("{") ? "owner" : "mock"),
    hasThing: hasThingOfV3,
  },
};

/** Who answers an operation of a version. */
export function answererIn({ name }: ContractVersion, operation: AnyOperationId): Answerer {
  return FALLBACKS[name].answererOf(operation);
}

/** Whether an answer of Find Chat or Find Contact says, with 200, that there is none. */
export function foundNothing({ status, body }: HttpAnswer): boolean {
  if (status !== 200) return false;
  const { data, contact } = (jsonOf(body) ?? {}) as { data?: { chat?: unknown }; contact?: unknown };
  return data?.chat === null || contact === null;
}
