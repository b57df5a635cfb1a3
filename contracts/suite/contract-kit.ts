/* What the command line uses of the kit, in one piece that is loaded when it is asked for. */
export { reportOfHar } from "../har/report-of-har";
export { applyBaseline } from "./baseline/apply-baseline";
export { readBaseline } from "./baseline/read-baseline";
export { compareWithMock } from "./differential/compare-with-mock";
export { sweep } from "./ledger/sweep";
export { planOf } from "./plan";
export { renderers } from "./reports/index";
export { jsonReport } from "./reports/json";
export { Mask } from "./reports/mask";
export { renderTerminal } from "./reports/terminal";
export { runContract } from "./run-contract";
