import type { Group } from "./probe";

const FILES = { untried: "no files are sent" };
const JSON_ONLY = { untried: "every request that has a body is sent as JSON" };
const OPERATIONS_ONLY = { untried: "nothing but the operations of the contract is asked" };
const OTHER_SIDE = { untried: "only somebody else's phone can bring this about" };
const FAILING = { untried: "a receiver would have to fail, and to be waited for" };

/** What is not tried anywhere, and why. */
export const untried = {
  "A-attachment-limit": FILES,
  "A-attachment-count": FILES,
  "A-create-attachments": FILES,
  "A-form-urlencoded": JSON_ONLY,
  "A-content-type": JSON_ONLY,
  "A-body-limit": { untried: "no large bodies are sent" },
  "A-method-unknown": OPERATIONS_ONLY,
  "A-head": OPERATIONS_ONLY,
  "A-event-participant": OTHER_SIDE,
  "A-call-fields": OTHER_SIDE,
  "A-typing-others": OTHER_SIDE,
  "A-webhook-retry": FAILING,
  "A-webhook-success": FAILING,
  "A-create-undeliverable": { untried: "a message that cannot be delivered would have to be sent" },
  "A-share-disabled": { untried: "no answer tells whether sharing is enabled, and no contact card is shared to find out" },
  "A-availability": { untried: "nobody outside knows of whom the server knows nothing" },
} satisfies Group;
