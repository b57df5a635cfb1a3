import { parseEmail } from "../../../../contracts/identifiers";
import { block } from "../../../world/blocked-handles";
import type { BlockedHandle } from "../../../world/model";
import type { Operation } from "../../operation";
import { timeView } from "../../timestamps";

/** Who is blocked, in the order in which they were. */
export const listBlockedHandles: Operation<"listBlockedHandles"> = (world) => ({
  status: 200,
  body: { blocked_handles: [...world.blockedHandles.values()].map(entryView) },
});

/** Blocks a handle: what it writes is dropped, and nothing is sent to it alone. Again, it answers the entry of then. */
export const blockHandle: Operation<"blockHandle"> = (world, { body: { handle, reason } }) => {
  const blocked = readBlocked(handle);
  return { status: 200, body: { blocked_handle: entryView(block(world, blocked, reason)) } };
};

/** Unblocks a handle, if it is blocked. */
export const unblockHandle: Operation<"unblockHandle"> = (world, { body: { handle } }) => {
  const blocked = readBlocked(handle);
  world.blockedHandles.delete(blocked);
  return { status: 204, body: undefined };
};

/** Short codes and names of senders can be blocked, too. */
function readBlocked(written: string): string {
  const trimmed = written.trim();
  return parseEmail(trimmed) ?? trimmed;
}

function entryView({ handle, reason, blockedAt }: BlockedHandle) {
  return { blocked_at: timeView(blockedAt), handle, ...(reason !== undefined && { reason }) };
}
