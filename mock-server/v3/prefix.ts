/** What every path of V3 starts with. The SDKs' base URL ends before `/v3`. */
export const PREFIX = "/api/partner/v3";
