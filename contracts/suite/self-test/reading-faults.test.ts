import { testFaults } from "./testing/test-faults";

testFaults(["shape", "errors", "auth", "finding", "paging", "messages"]);
