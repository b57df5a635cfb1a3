import { createHash } from "node:crypto";
import { keepBounded } from "../../contracts/bounded-cache";

/** What has an id of its own in V3, and its number in the encoding, which stays. */
const KINDS = { chat: 1, message: 2, handle: 3, contact: 4, line: 5, subscription: 6, reaction: 7, partner: 8 } as const;
export type RecordKind = keyof typeof KINDS;

/** Ids must outlive a restart, a reset and an export, so that nothing of a run is in it. */
const KEY = "linq-mock ids 1";

/** A record whose id in V3 is set. */
export interface PinnedId {
  readonly kind: RecordKind;
  readonly id: number;
  readonly uuid: string;
}

/** 32 bits each. */
type Words = readonly [number, number];

const KIND_COUNT = 16;
const MOST_KEPT = 512;
const HIGH_BITS = 2 ** 32;
const ID_HIGH_BITS = 22;
const HIGH_MASK = 0x3fff_ffff;
const VARIANT = 0x8000_0000;
const VERSION = 0x4000;

/**
 * The UUIDs by which V3 knows the records of a sandbox: of each a tag of its kind and id, and the two encrypted under that tag. They need no
 * index, are always the same for the same record, and one of another kind or sandbox, or that was made up, is taken for none. Only those that
 * are pinned are looked up.
 */
export class PublicIds {
  readonly name: string;
  readonly #key: readonly [number, number, number, number];
  readonly #pinned = new Map<string, number>();
  readonly #uuids = new Map<string, string>();
  /** What was asked for lately: an answer names a chat and its people again and again. */
  readonly #lately = new Map<number, string>();
  /** What was found lately, by kind and UUID: a caller works on a chat for a while. */
  readonly #found = new Map<string, number>();

  /** `name` tells the sandbox from others. */
  constructor(name: string, pinned: readonly PinnedId[] = []) {
    this.name = name;
    const digest = createHash("sha256").update(`${KEY} ${name}`).digest();
    this.#key = [0, 4, 8, 12].map((at) => digest.readUInt32BE(at)) as [number, number, number, number];
    for (const one of pinned) {
      this.#pinned.set(`${one.kind} ${one.uuid.toLowerCase()}`, one.id);
      this.#uuids.set(`${one.kind} ${one.id}`, one.uuid.toLowerCase());
    }
  }

  uuidOf(kind: RecordKind, id: number): string {
    const place = id * KIND_COUNT + KINDS[kind];
    const known = this.#lately.get(place);
    if (known !== undefined) return known;
    const uuid = (this.#uuids.size > 0 ? this.#uuids.get(`${kind} ${id}`) : undefined) ?? this.#encoded(kind, id);
    return Number.isSafeInteger(place) ? keepBounded(this.#lately, place, uuid, MOST_KEPT) : uuid;
  }

  /** The id of the record of that kind that a UUID stands for; undefined when it stands for none. */
  idOf(kind: RecordKind, uuid: string): number | undefined {
    const lowerCase = uuid.toLowerCase();
    const place = `${kind} ${lowerCase}`;
    const known = this.#pinned.get(place) ?? this.#found.get(place);
    if (known !== undefined) return known;
    const hex = lowerCase.replaceAll("-", "");
    if (hex.length !== 32) return undefined;
    const [maskHigh, maskLow] = this.#mask([wordAt(hex, 0), wordAt(hex, 8)]);
    const high = (wordAt(hex, 16) ^ maskHigh) & HIGH_MASK;
    const id = (high & (2 ** ID_HIGH_BITS - 1)) * HIGH_BITS + ((wordAt(hex, 24) ^ maskLow) >>> 0);
    const isFound = Number.isSafeInteger(id) && this.uuidOf(kind, id) === lowerCase; // one that is pinned has only that
    return isFound ? keepBounded(this.#found, place, id, MOST_KEPT) : undefined;
  }

  #encoded(kind: RecordKind, id: number): string {
    const high = (KINDS[kind] << ID_HIGH_BITS) | Math.floor(id / HIGH_BITS);
    const low = id >>> 0;
    const [first, second, third, fourth] = this.#key;
    const tagHigh = mixed(high, low, first);
    const tagLow = ((mixed(low, tagHigh, second) & 0xffff_0fff) | VERSION) >>> 0;
    const [maskHigh, maskLow] = this.#mask([tagHigh, tagLow], third, fourth);
    const restHigh = (((high ^ maskHigh) & HIGH_MASK) | VARIANT) >>> 0;
    const rest = `${asHex(restHigh >>> 16)}-${asHex(restHigh)}${asHex((low ^ maskLow) >>> 16)}${asHex(low ^ maskLow)}`;
    return `${asHex(tagHigh >>> 16)}${asHex(tagHigh)}-${asHex(tagLow >>> 16)}-${asHex(tagLow)}-${rest}`;
  }

  #mask([high, low]: Words, third = this.#key[2], fourth = this.#key[3]): Words {
    const one = mixed(high, low, third);
    return [one, mixed(low, one, fourth)];
  }
}

/** Stirs two words and a key into one, so that each bit of them changes half of its bits; no secret depends on it. */
function mixed(one: number, other: number, key: number): number {
  let word = (one ^ key) >>> 0;
  word = Math.imul(word ^ (word >>> 16), 0x85eb_ca6b);
  word = Math.imul(word ^ (word >>> 13) ^ other, 0xc2b2_ae35);
  word = Math.imul(word ^ (word >>> 16) ^ key, 0x27d4_eb2f);
  return (word ^ (word >>> 15)) >>> 0;
}

/** The 32 bits that stand at a place of hexadecimal digits. */
function wordAt(hex: string, at: number): number {
  return Number.parseInt(hex.slice(at, at + 8), 16);
}

const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** The lower 16 bits. */
function asHex(word: number): string {
  return `${BYTES[(word >>> 8) & 0xff]}${BYTES[word & 0xff]}`;
}
