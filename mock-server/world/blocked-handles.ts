import type { BlockedHandle } from "./model";
import type { World } from "./world";

/** Blocks a handle; who is blocked already stays as they were. */
export function block({ blockedHandles, clock }: World, handle: string, reason?: string): BlockedHandle {
  const known = blockedHandles.get(handle);
  if (known) return known;
  const blocked = { handle, blockedAt: clock.now(), ...(reason !== undefined && { reason }) };
  blockedHandles.set(handle, blocked);
  return blocked;
}
