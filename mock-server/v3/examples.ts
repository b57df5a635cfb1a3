import { API_PREFIX_V3 } from "../../contracts/client/url-and-token";
import { WEBHOOK_EVENTS } from "../../contracts/generated/v3/enumerations";
import type { ApiExamples } from "../server/api-version";

/** The first commands. V3 has no find: a chat is listed by its line and one of its people. */
export const examples: ApiExamples = {
  tokenHeader: (token) => ({ name: "Authorization", value: `Bearer ${token}` }),
  findChat(url, token, line, [person = ""]) {
    const query = `from=${encodeURIComponent(line)}&to=${encodeURIComponent(person)}`;
    return `curl '${url}${API_PREFIX_V3}/chats?${query}' \\
  --header 'Authorization: Bearer ${token}'`;
  },
  subscribe: (url, token, webhookUrl) => `curl '${url}${API_PREFIX_V3}/webhook-subscriptions' \\
  --header 'Authorization: Bearer ${token}' \\
  --header 'Content-Type: application/json' \\
  --data '${JSON.stringify({ target_url: webhookUrl, subscribed_events: WEBHOOK_EVENTS })}'`,
};
