/** Money on both ledgers: deposits in as evidence, decisions out as payouts. */
@NullMarked
@ApplicationModule(allowedDependencies = {"config", "chain", "events", "fabric", "identity", "readmodel", "submission"})
package io.clearmarket.gateway.settlement;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
