/** Calls what time alone has made due. */
@NullMarked
@ApplicationModule(allowedDependencies = {"config", "identity", "readmodel", "submission"})
package io.clearmarket.gateway.keeper;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
