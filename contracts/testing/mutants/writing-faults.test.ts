import { testFaults } from "./testing/test-faults";

testFaults(["status", "contacts", "lines", "sending", "webhooks"], [1, 2, 3]);
