/** Committed blocks, applied in order and exactly once to what is derived from them. */
@NullMarked
@ApplicationModule(allowedDependencies = {"config", "fabric"})
package io.clearmarket.gateway.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
