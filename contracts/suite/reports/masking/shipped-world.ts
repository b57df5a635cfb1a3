import type { PseudonymKind } from "./private-fields";

/** What the world holds that the mock ships with, for commands that can be tried there. */
export const shippedWorld = {
  base: "http://localhost:4010",
  token: "any-token",
  line: "+12052761148",
  /** The first is alone in chat 46; the others are in the line's group. */
  people: [
    "+12055426109",
    "+12055550114",
    "+12055550137",
    "+16155550142",
    "+13125550176",
    "+13125550191",
    "+14045550119",
    "+12055550163",
    "+12055550128",
    "+16155550109",
  ],
  /** By what stands before an id in a path. */
  ids: {
    chats: "46",
    /** Sent from the line, and in chat 46. */
    chat_messages: "2",
    /** On a message of chat 46. */
    chat_message_reactions: "1",
    contacts: "1",
    phone_numbers: "1",
    /** There is none until one is made. */
    webhook_subscriptions: "1",
  } as Readonly<Record<string, string>>,
} as const;

/** What stands for the n-th value of a kind, from 1. */
export const shippedValues: Readonly<Record<Exclude<PseudonymKind, "NUMBER">, (n: number) => string>> = {
  EMAIL: (n) => (n === 1 ? "ellen.prewitt@example.com" : `nobody-${n}@example.com`),
  NAME: (n) => (n === 1 ? "Ellen" : `Ellen ${n}`),
  TEXT: (n) => (n === 1 ? "Hello" : `Hello ${n}`),
  URL: (n) => `https://example.com/${n}`,
  FILE: (n) => `file-${n}.jpg`,
  KEY: (n) => `key-${n}`,
  SECRET: (n) => `secret-${n}`,
};
