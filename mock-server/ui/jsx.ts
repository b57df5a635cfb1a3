/** What the markup of the page is built into: `h` needs less code than the calls of JSX's automatic runtime. */
export { Fragment, h } from "preact";
