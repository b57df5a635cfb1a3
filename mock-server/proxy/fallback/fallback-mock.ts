/** A mock that answers what it knows. */
export interface FallbackMock {
  /** Without a slash at the end. */
  readonly url: string;
  /** Whether the world that a token opens has the thing that a path is about: of a path below a chat, the chat. */
  knows(token: string | undefined, path: string): boolean;
}
