/** The Hyperledger Fabric network: the only package that knows its client and its messages. */
@NullMarked
@ApplicationModule(allowedDependencies = {"config"})
package io.clearmarket.gateway.fabric;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
