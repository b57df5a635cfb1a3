/** What every path of the API starts with. */
export const API_PREFIX = "/api/partner/v2";
