/** A GS1 Digital Link resolver: from what a code holds to what there is about it. */
@NullMarked
@ApplicationModule(allowedDependencies = {"config", "provenance", "readmodel"})
package io.clearmarket.gateway.resolver;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
