/** Clearmarket's API for browsers and Node: typed calls, and signing of what was decoded and shown. */
export * from "./backup.js";
export * from "./bytes.js";
export * from "./canonical.js";
export * from "./client.js";
export * from "./eip712.js";
export * from "./escrow.js";
export * from "./handover.js";
export * from "./header.js";
export * from "./identity.js";
export * from "./p256.js";
export * from "./proposal.js";
export * from "./shown.js";
export * from "./tender.js";
export * from "./transaction.js";
export type { components, paths } from "./schema.js";
