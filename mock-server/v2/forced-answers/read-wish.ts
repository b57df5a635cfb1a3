import { readPreferences } from "./read-preferences";
import type { Wish } from "./wish";

/** What a Prefer header wants to be answered; undefined when it is about something else. */
export function readWish(header: string): Wish | undefined {
  const preferences = readPreferences(header);
  const dynamic = preferences.get("dynamic");
  const wish: Wish = {
    code: preferences.get("code"),
    example: preferences.get("example"),
    dynamic: dynamic === "false" ? undefined : dynamic,
    seed: preferences.get("seed"),
  };
  const isWish = wish.code !== undefined || wish.example !== undefined || wish.dynamic !== undefined;
  return isWish ? wish : undefined;
}
