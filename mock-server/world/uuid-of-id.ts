import { createHmac } from "node:crypto";

/** What has an id of its own in V3, and its number in the encoding, which stays. */
const KINDS = { chat: 1, message: 2, handle: 3, contact: 4, line: 5, subscription: 6, reaction: 7 } as const;
export type RecordKind = keyof typeof KINDS;

/** Ids must outlive a restart, a reset and an export, so that nothing of a run is in it. */
const KEY = "linq-mock ids 1";

const ID_BITS = 54n;
/** All but the bits that say what a UUID it is. */
const TAG_MASK = 0xffff_ffff_ffff_0fffn;
const REST_MASK = 0x3fff_ffff_ffff_ffffn;
const VERSION_4 = 0x4000n;
const USUAL_VARIANT = 0x8000_0000_0000_0000n;

/**
 * The UUID by which V3 knows a record: a tag of its kind and id, and the two encrypted under that tag. It needs no index, is always the same for
 * the same record, and one that was not made here is taken for none.
 */
export function uuidOf(kind: RecordKind, id: number): string {
  const plain = (BigInt(KINDS[kind]) << ID_BITS) | BigInt(id);
  const tag = (keyed("tag", plain) & TAG_MASK) | VERSION_4;
  const rest = ((plain ^ keyed("mask", tag)) & REST_MASK) | USUAL_VARIANT;
  const hex = `${asHex(tag)}${asHex(rest)}`;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The id of the record of that kind that a UUID stands for; undefined when it stands for none. */
export function idOf(kind: RecordKind, uuid: string): number | undefined {
  const hex = uuid.replaceAll("-", "");
  if (!/^[\da-f]{32}$/i.test(hex)) return undefined;
  const [tag, rest] = [hex.slice(0, 16), hex.slice(16)].map((half) => BigInt(`0x${half}`)) as [bigint, bigint];
  const id = Number((rest ^ keyed("mask", tag)) & REST_MASK & ((1n << ID_BITS) - 1n));
  return Number.isSafeInteger(id) && uuidOf(kind, id) === uuid.toLowerCase() ? id : undefined;
}

function keyed(purpose: "tag" | "mask", value: bigint): bigint {
  return createHmac("sha256", KEY).update(`${purpose} ${value}`).digest().readBigUInt64BE();
}

function asHex(half: bigint): string {
  return half.toString(16).padStart(16, "0");
}
