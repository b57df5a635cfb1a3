import type { ApiVersions } from "./server/api-version";
import { v2 } from "./v2/index";

/** The versions of the vendor's API that there are. */
export const API_VERSIONS: ApiVersions = [v2];
