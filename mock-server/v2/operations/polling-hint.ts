import type { World } from "../../world/world";
import { hints } from "../hints";

const PATIENCE = 3;
const REMEMBERED_LISTS = 1000;

/** A word to whoever reads the first page of a list again and again, and never another. */
export function pollingHint(world: World, list: string, page: { number: number; of: number }): string | undefined {
  if (page.of <= 1 || (!world.firstPages.has(list) && world.firstPages.size >= REMEMBERED_LISTS)) return undefined;
  const reads = page.number > 1 ? Number.NEGATIVE_INFINITY : (world.firstPages.get(list) ?? 0) + 1;
  world.firstPages.set(list, reads);
  return reads >= PATIENCE ? hints.laterPagesUnread(page.of) : undefined;
}
