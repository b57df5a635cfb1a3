import { writingMutants } from "../mutants/tables/index";
import { testPairs } from "./each-pair";

testPairs(writingMutants);
