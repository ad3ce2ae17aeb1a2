/** Commands on their way to the ledger: exactly once, surviving a crash of the gateway. */
@NullMarked
@ApplicationModule(allowedDependencies = {"config", "fabric"})
package io.clearmarket.gateway.submission;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
