/** What a sandbox may be called: its name stands in URLs. */
export const SANDBOX_NAME = /^[A-Za-z0-9_-]{1,64}$/;
export const SANDBOX_NAME_RULE = "A sandbox name is 1 to 64 of A-Z a-z 0-9 _ -";

/** What a token begins with that names its sandbox. */
export const TOKEN_PREFIX = "sandbox-";
