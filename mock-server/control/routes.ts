import { advice } from "./advice";
import { listApis } from "./apis";
import { chat, chatMessages, chats, listLines } from "./chats";
import { readClock, setClock } from "./clock";
import type { ControlCall } from "./control-call";
import { listDeliveries, waitForDeliveries } from "./deliveries";
import { delayDelivery, dropDelivery, readDelivery, redeliver, runDelivery, verifyDelivery } from "./delivery-actions";
import { streamEvents } from "./events";
import { armFault, disarmFault, disarmFaults, listFaults, replaceFaults } from "./faults";
import { listSamples, uploadFile } from "./files";
import { deleteSnapshot, listSnapshots, loadFixtures, restoreSnapshot, saveSnapshot, state } from "./fixtures";
import type { ControlId, controlCalls } from "./generated/calls";
import { closeReceiver, openReceiver, readReceiver, takeExam } from "./receiver";
import { clearRequests, listRequests, waitForRequests } from "./requests";
import { createSandbox, dropSandbox, forkSandbox, health, listSandboxes, openapi, reset, undoReset } from "./sandboxes";
import { openSession } from "./session";
import {
  simulateCall,
  simulateDelivery,
  simulateNextFailure,
  simulateParticipantAdded,
  simulateParticipantRemoved,
  simulateReaction,
  simulateRead,
  simulateTyping,
} from "./simulate";
import { simulateMessage } from "./simulate-message";
import { changeSubscription, createSubscription, deleteSubscription, listSubscriptions } from "./subscriptions";
import { listWebhookLog } from "./webhook-events";

type CallTable = typeof controlCalls;
type ControlRoutes = {
  readonly [Id in ControlId as `${CallTable[Id]["method"]} ${CallTable[Id]["path"]}`]: ControlCall<Id>;
};

/** The mock's own API, below `/__mock`. A row that is missing, misspelt or ill-typed does not compile. */
export const controlRoutes: ControlRoutes = {
  "GET /health": health,
  "GET /openapi.json": openapi,
  "GET /apis": listApis,
  "POST /session": openSession,
  "GET /state": state,
  "PUT /fixtures": loadFixtures,
  "POST /reset": reset,

  "GET /snapshots": listSnapshots,
  "PUT /snapshots/{name}": saveSnapshot,
  "DELETE /snapshots/{name}": deleteSnapshot,
  "POST /snapshots/{name}/restore": restoreSnapshot,

  "GET /sandboxes": listSandboxes,
  "DELETE /sandboxes/{name}": dropSandbox,
  "POST /sandboxes": createSandbox,
  "POST /sandboxes/{name}/fork": forkSandbox,
  "POST /reset/undo": undoReset,

  "GET /clock": readClock,
  "PUT /clock": setClock,

  "GET /faults": listFaults,
  "POST /faults": armFault,
  "PUT /faults": replaceFaults,
  "DELETE /faults": disarmFaults,
  "DELETE /faults/{name}": disarmFault,

  "POST /simulate/message": simulateMessage,
  "POST /simulate/typing": simulateTyping,
  "POST /simulate/reaction": simulateReaction,
  "POST /simulate/read": simulateRead,
  "POST /simulate/participant_added": simulateParticipantAdded,
  "POST /simulate/participant_removed": simulateParticipantRemoved,
  "POST /simulate/call": simulateCall,
  "POST /simulate/delivery": simulateDelivery,
  "POST /simulate/next_failure": simulateNextFailure,

  "POST /files": uploadFile,
  "GET /files/samples": listSamples,

  "GET /requests": listRequests,
  "DELETE /requests": clearRequests,
  "GET /requests/wait": waitForRequests,

  "GET /deliveries": listDeliveries,
  "GET /deliveries/wait": waitForDeliveries,

  "GET /webhook_events": listWebhookLog,
  "GET /deliveries/{id}": readDelivery,
  "POST /deliveries/{id}/redeliver": redeliver,
  "POST /deliveries/{id}/verify": verifyDelivery,
  "POST /deliveries/{id}/delay": delayDelivery,
  "POST /deliveries/{id}/drop": dropDelivery,
  "POST /deliveries/{id}/run": runDelivery,

  "POST /receiver": openReceiver,
  "GET /receiver": readReceiver,
  "DELETE /receiver": closeReceiver,
  "POST /exam": takeExam,

  "GET /advice": advice,

  "GET /events": streamEvents,

  "GET /lines": listLines,
  "GET /chats": chats,
  "GET /chats/{id}": chat,
  "GET /chats/{id}/messages": chatMessages,
  "GET /subscriptions": listSubscriptions,
  "POST /subscriptions": createSubscription,
  "PUT /subscriptions/{id}": changeSubscription,
  "DELETE /subscriptions/{id}": deleteSubscription,
};
