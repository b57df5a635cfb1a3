/** The path and query of a Find Chat below the API's prefix, properly encoded. */
export function findChatPath(line: string, participants: readonly string[]): string {
  const list = participants.map((participant) => `&phone_numbers%5B%5D=${encode(participant)}`).join("");
  return `/chats/find?phone_number=${encode(line)}${list}`;
}

/** As encodeURIComponent, and safe between single quotes in a shell. */
function encode(value: string): string {
  return encodeURIComponent(value).replaceAll("'", "%27");
}
