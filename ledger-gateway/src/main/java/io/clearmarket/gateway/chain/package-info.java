/** The EVM chain with the escrow contract: the only package that knows web3j. */
@NullMarked
@ApplicationModule(allowedDependencies = {"config"})
package io.clearmarket.gateway.chain;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
