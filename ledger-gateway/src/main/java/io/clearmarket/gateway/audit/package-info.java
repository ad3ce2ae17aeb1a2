/** Checks both ledgers against each other from their own data, without the gateway and its read model. */
@NullMarked
@ApplicationModule(allowedDependencies = {"fabric", "chain"})
package io.clearmarket.gateway.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
