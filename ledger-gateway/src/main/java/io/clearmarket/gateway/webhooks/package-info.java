/** Domain events delivered to callers' own servers. */
@NullMarked
@ApplicationModule(allowedDependencies = {"config", "events", "fabric", "identity", "readmodel"})
package io.clearmarket.gateway.webhooks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
