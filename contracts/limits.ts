/** How large an uploaded file may be (A-attachment-limit). */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** How many uploaded files a message may carry (A-attachment-count). */
export const MAX_FILES = 10;

/** How many entries a page holds at most; more are served as so many (A-page-invalid). */
export const MOST_PER_PAGE = 100;

/** How long a sent message is pending, in ms (A-delivery). */
export const DELIVERY_MS = 500;
