/** Whether servers that are wrong, and those that only differ, are judged in every way, as `.ci/run` has it; `npm test` judges each wrong one in one. */
export const areAllMutantsJudged = process.env["MUTANTS"] === "all";
