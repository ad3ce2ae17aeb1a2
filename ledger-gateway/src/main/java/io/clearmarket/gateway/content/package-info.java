/** Documents that the ledger only knows by their hash. */
@NullMarked
@ApplicationModule(allowedDependencies = {"config", "identity"})
package io.clearmarket.gateway.content;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
