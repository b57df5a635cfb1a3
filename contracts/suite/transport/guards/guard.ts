import type { KnownAsk } from "../ask";
import type { Rules } from "../rules";

/** Says why a request may not go out; undefined when it may, as far as this guard is concerned. */
export type Guard = (ask: KnownAsk, rules: Rules) => Promise<string | undefined> | string | undefined;
