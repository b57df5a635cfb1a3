/* What the command line uses of the kit, in one piece that is loaded when it is asked for. */
export { reportOfHar } from "../har/report-of-har";
export { applyBaseline, readBaseline } from "./baseline";
export { sweep } from "./cleanup/sweep";
export { compareWithMock } from "./compare";
export { renderers } from "./reports/index";
export { jsonReport } from "./reports/json";
export { renderTerminal } from "./reports/terminal";
export { planOf, runContract } from "./run";
