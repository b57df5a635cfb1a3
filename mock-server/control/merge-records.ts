import type { FixtureProblem } from "../../fixtures/load/problem";
import type { Attachment, Contact, Message, Subscription, WorldRecords } from "../world/model";

/* What a document cannot say, and a mock still knows of the records that are loaded: secrets, and where files are. */

/** Records of a world, or of a seed, by their ids. */
interface Known {
  readonly messages: { get(id: number): Message | undefined };
  readonly contacts: { get(id: number): Contact | undefined };
  readonly subscriptions: { get(id: number): Subscription | undefined };
}

/** The records with what is known of the same ones, from the first on that knows it. */
export function withKnown(records: WorldRecords, known: readonly Known[]): WorldRecords {
  return {
    ...records,
    messages: records.messages.map((message) => withFiles(message, known)),
    contacts: records.contacts.map((contact) => withPicture(contact, known)),
    subscriptions: records.subscriptions.map((one) => ({ ...one, secret: one.secret ?? twinOf(one, known)?.secret ?? null })),
  };
}

/** The subscription of the same id to the same receiver. */
function twinOf({ id, url, version }: Subscription, known: readonly Known[]): Subscription | undefined {
  const twins = known.map(({ subscriptions }) => subscriptions.get(id));
  return twins.find((twin) => twin?.url === url && (twin.version === "v3") === (version === "v3"));
}

function withFiles(message: Message, known: readonly Known[]): Message {
  if (!message.attachments.some(isUnknown)) return message;
  const files = known.flatMap(({ messages }) => messages.get(message.id)?.attachments ?? []);
  const attachments = message.attachments.map((one) => {
    const path = isUnknown(one) ? files.find((file) => file.path !== undefined && isSame(file, one))?.path : undefined;
    return path === undefined ? one : { ...one, path };
  });
  return { ...message, attachments };
}

function isUnknown({ url, path }: Attachment): boolean {
  return url === null && path === undefined;
}

function isSame(one: Attachment, other: Attachment): boolean {
  return one.id === other.id && one.filename === other.filename && one.fileSize === other.fileSize;
}

function withPicture(contact: Contact, known: readonly Known[]): Contact {
  const { id, image } = contact;
  if (!image || image.path !== undefined) return contact;
  const pictures = known.map(({ contacts }) => contacts.get(id)?.image);
  return { ...contact, image: pictures.find((one) => one?.path !== undefined && one.filename === image.filename) ?? image };
}

const SECRET = /^\/webhook_subscriptions\/(\d+)\/secret$/;

/**
 * The problems of a document but for secrets that an export lacks and a mock still knows. One that was itself started from an export knows
 * of no subscription that it never had a secret.
 */
export function withoutKnownSecrets(
  problems: readonly FixtureProblem[],
  { subscriptions }: WorldRecords,
  { known, isOfExport }: { readonly known: readonly Known[]; readonly isOfExport: boolean },
): FixtureProblem[] {
  return problems.filter(({ pointer }) => {
    const one = subscriptions[Number(SECRET.exec(pointer)?.[1])];
    const twin = one && twinOf(one, known);
    return !twin || (isOfExport && twin.secret === null);
  });
}
