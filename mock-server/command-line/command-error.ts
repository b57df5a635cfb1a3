/** Why a command cannot do what it was asked: one sentence for people. It ends with exit code 2. */
export class CommandError extends Error {}
