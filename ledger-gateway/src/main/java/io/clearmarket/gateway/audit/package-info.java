/**
 * Checks both ledgers against each other from their own data, without the gateway and its read model; of the modules that
 * answer for the gateway it uses the rules that are not bound to a source.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"fabric", "chain", "finance", "readmodel"})
package io.clearmarket.gateway.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
