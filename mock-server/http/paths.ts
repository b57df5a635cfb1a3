/** Where the vendor's API is served, here as there. */
export const API_PREFIX = "/api/partner/v2";

/** Where the mock's own API is served. */
export const CONTROL_PREFIX = "/__mock";
