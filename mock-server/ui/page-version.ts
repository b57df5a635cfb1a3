declare const __VERSION__: string;

/** The version that the page was built with. */
export const PAGE_VERSION = __VERSION__;
