/* What the command line uses of the proxy, in one piece that is loaded when it is asked for. */
export { startProxy } from "./proxy-server";
export { describeTally } from "./summary/describe-tally";
