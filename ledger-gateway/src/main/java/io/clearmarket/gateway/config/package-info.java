/** What the gateway is told from outside, and the database it brings along when it is told of none. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.clearmarket.gateway.config;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
