import { COLORS } from "./styles/colors";
import { PAPER } from "./styles/paper";
import { PARTS } from "./styles/parts";
import { TABLES } from "./styles/tables";
import { TEXT } from "./styles/text";

/** How a page looks, in light and in dark, on a phone and on paper. */
export const STYLES = [COLORS, TEXT, PARTS, TABLES, PAPER].join("");
