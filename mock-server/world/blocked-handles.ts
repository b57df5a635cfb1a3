import type { World } from "./world";

/** Somebody whose messages are dropped. It may also be a short code or the name of a sender. */
export interface BlockedHandle {
  readonly handle: string;
  readonly reason?: string;
  readonly blockedAt: number;
}

/** Blocks a handle; who is blocked already stays as they were. */
export function blockHandle({ blockedHandles, clock }: World, handle: string, reason?: string): BlockedHandle {
  const known = blockedHandles.get(handle);
  if (known) return known;
  const blocked = { handle, blockedAt: clock.now(), ...(reason !== undefined && { reason }) };
  blockedHandles.set(handle, blocked);
  return blocked;
}
