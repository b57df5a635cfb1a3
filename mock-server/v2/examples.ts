import { API_PREFIX } from "../../contracts/client/url-and-token";
import { WEBHOOK_EVENTS } from "../../contracts/generated/v2/enumerations";
import { findChatPath } from "../../contracts/operations";
import type { ApiExamples } from "../server/api-version";

const TOKEN_HEADER = "X-LINQ-INTEGRATION-TOKEN";

/** The first commands, as the vendor's documentation has them. */
export const examples: ApiExamples = {
  tokenHeader: (token) => ({ name: TOKEN_HEADER, value: token }),
  findChat: (url, token, line, participants) => `curl --request GET \\
  --url '${url}${API_PREFIX}${findChatPath(line, participants)}' \\
  --header '${TOKEN_HEADER}: ${token}'`,
  subscribe(url, token, webhookUrl) {
    const subscription = { webhook_url: webhookUrl, secret: "s3cret", version: 2, events: WEBHOOK_EVENTS };
    return `curl --request POST \\
  --url '${url}${API_PREFIX}/webhook_subscriptions' \\
  --header '${TOKEN_HEADER}: ${token}' \\
  --header 'Content-Type: application/json' \\
  --data '${JSON.stringify({ webhook_subscription: subscription })}'`;
  },
};
