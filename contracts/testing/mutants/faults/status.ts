import type { Answer, Fault } from "../fault";

/** Answers with statuses, types or bodies that the contract does not have there. */
export const statusFaults: readonly Fault[] = [
  {
    name: "find without participants is a server error",
    caughtBy: "shape-findChat-500",
    refusal: { findChat: (answer) => become(answer, answer.status === 400 ? 500 : answer.status) },
  },
  {
    name: "find answers 404 where nothing is found",
    caughtBy: "shape-findChat-404",
    answer: { findChat: (answer) => become(answer, answer.body.data.chat ? 200 : 404) },
  },
  {
    name: "a wrong token is answered with 403",
    caughtBy: "shape-listChats-403",
    toStrangers: true,
    refusal: { listChats: (answer, { asked }) => become(answer, asked.token === undefined ? answer.status : 403) },
  },
  {
    name: "a message is accepted",
    caughtBy: "shape-sendMessage-202",
    answer: { sendMessage: (answer) => become(answer, answer.status === 201 ? 202 : answer.status) },
  },
  {
    name: "a key that was used before is a conflict",
    caughtBy: "shape-sendMessage-409",
    answer: { sendMessage: (answer) => become(answer, answer.status === 200 ? 409 : answer.status) },
  },
  {
    name: "a text that is a number is a server error",
    caughtBy: "shape-createChat-500",
    refusal: {
      createChat: (answer, { asked }) => {
        const { message } = (asked.body ?? {}) as { message?: { text?: unknown } };
        if (typeof message?.text === "number") answer.status = 500;
      },
    },
  },
  {
    name: "an update of nothing is a bad request",
    caughtBy: "shape-patchContact-400",
    refusal: { patchContact: (answer) => become(answer, answer.status === 422 ? 400 : answer.status) },
  },
  {
    name: "typing answers with an empty object",
    caughtBy: "shape-startTyping-201",
    answer: { startTyping: (answer) => Object.assign(answer, { body: {} }) },
  },
  {
    name: "a message read alone is said to be HTML",
    caughtBy: "shape-getMessage-200-:content-type",
    answer: {
      getMessage: ({ headers }) => {
        headers["content-type"] = "text/html; charset=utf-8";
      },
    },
  },
  {
    name: "a new contact answers with nothing",
    caughtBy: "shape-createContact-201",
    answer: { createContact: (answer) => Object.assign(answer, { body: undefined }) },
  },
];

function become(answer: Answer, status: number): void {
  answer.status = status;
}
