import type { ApiVersions } from "./server/api-version";
import { v2 } from "./v2/index";
import { v3 } from "./v3/index";

/** The versions of the vendor's API that there are. */
export const API_VERSIONS: ApiVersions = [v2, v3];
