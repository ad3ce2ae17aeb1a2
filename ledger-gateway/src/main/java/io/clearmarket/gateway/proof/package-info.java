/**
 * The transparency log over everything the ledger wrote: an RFC 6962 tree that anybody derives from blocks alone, checkpoints
 * that each organisation's witness co-signs from its own peer, and proofs that are verified without any network.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"config", "events", "fabric", "identity", "readmodel"})
package io.clearmarket.gateway.proof;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
