import { testFaults } from "./testing/test-faults";

testFaults(["shape", "errors", "auth", "finding", "paging", "messages"], [4, 5, 6]);
