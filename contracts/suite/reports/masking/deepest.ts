/** What is nested deeper is neither known nor shown. */
export const DEEPEST = 40;
