import type { Send } from "./control-connection";
import { SandboxClient } from "./sandbox-client";

export type { OperationId } from "../contracts/generated/v2/operations";
export type * from "../contracts/public-types";
export type { Send, WaitOptions } from "./control-connection";
export type { DeliveryFilter, RecordedDelivery } from "./recorded-delivery";
export type { RecordedRequest, RequestFilter } from "./recorded-request";
export { type Advice, SandboxClient } from "./sandbox-client";

export { PageSandbox as TestSandbox };

/** A {@link SandboxClient} in a page, of a mock that runs elsewhere. */
class PageSandbox extends SandboxClient {
  constructor(serverUrl: string, name: string, controlToken?: string) {
    super(sendByFetch, serverUrl, name, controlToken);
  }
}

const sendByFetch: Send = (url, init) => {
  if (typeof fetch !== "function") throw new Error('There is no fetch here; in jsdom import TestSandbox from "linq-mock"');
  return fetch(url, init).then(async (response) => ({ status: response.status, text: await response.text() }));
};
/** A browser does not tell a page that it was refused from no answer at all. */
sendByFetch.doubt = () => {
  const { location } = globalThis as { readonly location?: { readonly origin: string } };
  return location === undefined ? "" : `, and may this page read it (--cors ${location.origin})`;
};
