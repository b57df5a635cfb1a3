import { parseEmail } from "../../../../contracts/identifiers";
import { blockHandle as block } from "../../../world/blocked-handles";
import type { BlockedHandle } from "../../../world/model";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";
import { timeView } from "../../views";

/** Who is blocked, in the order in which they were. */
export const listBlockedHandles: Operation<"listBlockedHandles"> = (world) => ({
  status: 200,
  body: { blocked_handles: [...world.blockedHandles.values()].map(entryView) },
});

/** Blocks a handle: what it writes is dropped, and nothing is sent to it alone. Again, it answers the entry of then. */
export const blockHandle: Operation<"blockHandle"> = (world, { body: { handle, reason } }) => {
  const blocked = readBlocked(handle);
  if (blocked === undefined) return refuse("1005", { hint: "handle is blank." });
  return { status: 200, body: { blocked_handle: entryView(block(world, blocked, reason)) } };
};

/** Unblocks a handle, if it is blocked. */
export const unblockHandle: Operation<"unblockHandle"> = (world, { body: { handle } }) => {
  const blocked = readBlocked(handle);
  if (blocked === undefined) return refuse("1005", { hint: "handle is blank." });
  world.blockedHandles.delete(blocked);
  return { status: 204, body: undefined };
};

/** Short codes and names of senders can be blocked, too. */
function readBlocked(written: string): string | undefined {
  const trimmed = written.trim();
  return trimmed === "" ? undefined : (parseEmail(trimmed) ?? trimmed);
}

function entryView({ handle, reason, blockedAt }: BlockedHandle) {
  return { blocked_at: timeView(blockedAt), handle, ...(reason !== undefined && { reason }) };
}
