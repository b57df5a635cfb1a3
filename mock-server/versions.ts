import type { ApiVersion } from "./server/api-version";
import { v2 } from "./v2/index";

/** The versions of the vendor's API that are served. What belongs to none is answered as the first would. */
export const API_VERSIONS: readonly [ApiVersion, ...ApiVersion[]] = [v2];
