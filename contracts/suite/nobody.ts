/** A number that nobody has: it is one of those that are kept for fiction. */
export const NOBODY = "+12025550143";
